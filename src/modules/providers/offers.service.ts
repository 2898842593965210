import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { AppError } from '../../common/errors.js';
import { Config } from '../../config.js';
import { Cache } from '../../platform/cache/cache.js';
import { Limiter } from '../../platform/resilience/limiter.js';
import { Patience } from '../../platform/resilience/patience.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { fail } from './adapting/answers.js';
import { lookUp } from './adapting/look-up.js';
import { Connections, type Connected } from './calling/connections.js';
import { OutsideCalls } from './calling/outside-calls.js';
import { ProviderHealth } from './calling/provider-health.js';
import { Rotation } from './calling/rotation.js';
import type { Near, Offer, OffersResult, OfferSource } from './offer.js';
import { providersMetrics } from './providers.metrics.js';
import { Sources } from './sources.js';

/** More wait for no turn: whoever comes then is told at once. */
const MOST_WAITING = 1000;

export interface FoundOffers {
  offers: (Offer & { sourceId: OfferSource['id'] })[];
  /** Why a source gave none. */
  failed: { sourceId: OfferSource['id']; reason: string; detail: string }[];
  simulated: boolean;
}
type Known = Extract<OffersResult, { ok: true }>;

/** What shops near a place sell for less now. Asks every source at once; one that fails is named beside what the others have. */
@Injectable()
export class OffersService {
  private readonly limiter: Limiter<OffersResult>;

  constructor(
    private readonly sources: Sources,
    private readonly connections: Connections,
    private readonly calls: OutsideCalls,
    private readonly health: ProviderHealth,
    private readonly rotation: Rotation,
    private readonly cache: Cache,
    private readonly metrics: Metrics,
    private readonly config: Config,
    private readonly log: PinoLogger,
  ) {
    const most = config.values.MAX_CONCURRENT_REQUESTS;
    this.limiter = new Limiter({ min: most, max: most, queue: MOST_WAITING }, () => false);
  }

  /** The best saving first. Throws `offers_unavailable` when no source answers, `offers_place_unread` when none can read the place. */
  async near(tenantId: string, near: Near, signal: AbortSignal): Promise<FoundOffers> {
    const answers = await Promise.all(
      this.sources.offers.map(async (source) => ({
        id: source.id,
        result: await this.ask(source, tenantId, near, signal),
      })),
    );
    const good = answers.flatMap(({ id, result }) => (result.ok ? [{ id, result }] : []));
    const failed = answers.flatMap(({ id, result }) =>
      result.ok ? [] : [{ sourceId: id, reason: result.failure.reason, detail: result.failure.detail }],
    );
    if (good.length === 0) throw noneOf(failed);
    return {
      offers: good.flatMap(({ id, result }) => result.offers.map((offer) => ({ ...offer, sourceId: id }))),
      failed,
      simulated: good.some(({ result }) => result.simulated),
    };
  }

  private async ask(source: OfferSource, tenantId: string, near: Near, signal: AbortSignal): Promise<OffersResult> {
    const connected = this.connections.of(source.id);
    const { connection } = connected;
    if (connection.state !== 'connected')
      return fail(connection.state, `${source.id} is ${connection.state.replace('_', ' ')}`);
    const { timeoutMs } = connection.settings;
    const patience = new Patience(timeoutMs, 2 * timeoutMs, signal);
    // Where somebody is belongs in no key that others may read.
    const place = createHash('sha256')
      .update(JSON.stringify([connected.fingerprint, near]))
      .digest('base64url');
    const looked = await lookUp<Known>(this.cache, `offers:${source.id}:${place}`, patience.signal, async () => {
      const asked = await this.limiter.run(
        source.id,
        () => this.heard(source, connected, tenantId, near, patience),
        patience.signal,
      );
      const result = asked ?? fail('overloaded', `too many questions to ${source.id} are under way`);
      return result.ok ? { ok: true, value: result, ttlMs: this.config.values.CACHE_TTL_SECONDS * 1000 } : result;
    }).finally(() => patience.end());
    this.metrics
      .of(providersMetrics)
      .answers.inc({ provider: source.id, result: looked.ok ? 'ok' : looked.failure.reason });
    if (looked.ok) return looked.value;
    const { reason, detail } = looked.failure;
    if (reason === 'unauthorized') this.metrics.of(providersMetrics).unauthorized.inc({ provider: source.id });
    this.log.warn(
      { event: 'offers_error', provider_id: source.id, tenant_id: tenantId, reason, detail },
      'offers_error',
    );
    return looked;
  }

  private async heard(
    source: OfferSource,
    connected: Connected,
    tenantId: string,
    near: Near,
    patience: Patience,
  ): Promise<OffersResult> {
    const { result, using } = await this.rotation.asked(connected, async (one): Promise<OffersResult> => {
      const { connection } = one;
      if (connection.state !== 'connected') return fail(connection.state, `${source.id} is ${connection.state}`);
      const http = this.calls.by(one, { tenantId }, patience, () => undefined);
      const adapter = source.connect(connection.settings, { http, cache: this.cache, keepProductsMs: 0 });
      return adapter.offers(near, patience.signal);
    });
    await this.health.seen(using, result);
    return result;
  }
}

/** Asking again helps unless it is the place that no source can read. */
export function noneOf(failed: FoundOffers['failed']): AppError {
  const why = failed.map(({ detail }) => detail).join('; ');
  const errors = failed.map(({ sourceId, detail }) => ({ pointer: sourceId, detail }));
  if (failed.length > 0 && failed.every(({ reason }) => reason === 'bad_request'))
    return new AppError('offers_place_unread', why, { errors });
  return new AppError('offers_unavailable', why, { errors, retryAfterSeconds: 60 });
}
