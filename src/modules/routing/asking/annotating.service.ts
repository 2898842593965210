import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { PriceHistory, type ProviderAnswer } from '../../providers/provider.js';

/** A route does not wait longer than this to learn what was seen before. */
const PATIENCE_MS = 300;

/** Puts beside a quote what was seen of its prices before, so that it is stored with it and whatever is decided by it can be again. */
@Injectable()
export class AnnotatingService {
  constructor(
    private readonly history: PriceHistory,
    private readonly log: PinoLogger,
  ) {}

  /** The answer as it came where it is no quote, or where what was seen cannot be told in time. Never throws. */
  async annotated(tenantId: string, answer: ProviderAnswer): Promise<ProviderAnswer> {
    const { providerId, result } = answer;
    if (!result.ok || result.offer.kind !== 'quote') return answer;
    const { offer } = result;
    try {
      const history = await inTime(this.history.of(tenantId, providerId, offer.currency, offer.lines));
      return history ? { ...answer, result: { ok: true, offer: { ...offer, history } } } : answer;
    } catch (error) {
      this.log.warn({ provider: providerId, error: String(error) }, 'route.history_unknown');
      return answer;
    }
  }
}

/** Null when it takes too long. */
async function inTime<T>(answering: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), PATIENCE_MS)));
  try {
    return await Promise.race([answering, late]);
  } finally {
    clearTimeout(timer);
  }
}
