import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Deadline } from '../../../common/deadline.js';
import { AppError } from '../../../common/errors.js';
import { fingerprintOf } from '../../../common/canonical-json.js';
import { newId } from '../../../common/ids.js';
import { Config } from '../../../config.js';
import { Outbox } from '../../../events/outbox.js';
import { Database } from '../../../platform/database/database.js';
import type { ProviderAnswer, Quote } from '../../providers/provider.js';
import { QuotesService } from '../../providers/quotes.service.js';
import type { Answer, RankedQuote } from '../deciding/policy.js';
import { RoutingRepository, type RouteRow, type StoredRequest } from '../routing.repository.js';
import { compare } from '../deciding/confirmation.js';
import { ConfirmationTokens } from './confirmation-tokens.js';
import type { Confirmation, ConfirmRoute } from './confirmation.dto.js';
import { ConfirmationsRepository, type ConfirmationRow } from './confirmations.repository.js';

/** The provider's own limit is the shorter one; a caller waits for this. */
const ASK_MS = 8000;

interface Decided {
  route: RouteRow;
  winner: RankedQuote;
  quote: Quote;
}

/**
 * Hands a decided cart over. Promises that a route is confirmed at most once, whoever asks how often, and never at a price or with lines
 * missing that the caller has not agreed to: the winner is asked again first. Placing the order is the shopper's, or an operator's.
 */
@Injectable()
export class ConfirmationsService {
  constructor(
    private readonly tokens: ConfirmationTokens,
    private readonly confirmations: ConfirmationsRepository,
    private readonly routes: RoutingRepository,
    private readonly quotes: QuotesService,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly config: Config,
    private readonly log: PinoLogger,
  ) {}

  async get(tenantId: string, routeId: string): Promise<Confirmation> {
    await this.routes.read(tenantId, routeId);
    const row = await this.confirmations.find(tenantId, routeId);
    if (!row?.confirmation) throw new AppError('confirmation_not_found', `route ${routeId} is not confirmed`);
    return row.confirmation;
  }

  /**
   * Throws `confirmation_token_invalid` or `_expired`, `confirmation_in_flight`, `route_already_confirmed`, `quote_changed`,
   * `quote_unavailable`, and what reading the route and reusing a key throw.
   */
  async confirm(
    tenantId: string,
    routeId: string,
    body: ConfirmRoute,
    key: string,
  ): Promise<{ confirmation: Confirmation; replayed: boolean }> {
    const decided = winnerOf(await this.routes.read(tenantId, routeId));
    const fingerprint = fingerprintOf(body);
    const before = await this.confirmations.find(tenantId, routeId);
    if (before?.confirmation) return { confirmation: again(before, key, fingerprint), replayed: true };
    const closedAt = decided.route.closedAt!.toISOString();
    if (!this.tokens.isFor(body.confirmationToken, tenantId, routeId, decided.winner, closedAt)) {
      throw new AppError('confirmation_token_invalid', `route ${routeId}`);
    }
    const claim = newId('cfm');
    const request = await this.confirmations.claim(tenantId, routeId, { claim, key, fingerprint });
    if (!request) return { confirmation: await this.lost(tenantId, routeId, key, fingerprint), replayed: true };
    try {
      return { confirmation: await this.handOver(decided, request, body, claim), replayed: false };
    } catch (error) {
      await this.confirmations.release(tenantId, routeId, claim);
      throw error;
    }
  }

  private async handOver(
    decided: Decided,
    request: StoredRequest,
    body: ConfirmRoute,
    claim: string,
  ): Promise<Confirmation> {
    const { route, winner, quote: then } = decided;
    const now = await this.askAgain(route, winner, request);
    const { missing, changes } = compare(then, now, this.config.values.LOOPGPT_CONFIRM_TOLERANCE_PERCENT, body);
    if (changes.length > 0) {
      throw new AppError('quote_changed', `route ${route.id}: ${changes.map(({ detail }) => detail).join('; ')}`, {
        errors: changes,
        present: { totalCents: now.totalCents, currency: now.currency, missing },
      });
    }
    const { handoffUrl, currency, totalCents, simulated } = now;
    const confirmation = await this.keep(route, claim, {
      routeId: route.id,
      providerId: winner.providerId,
      handoffUrl,
      currency,
      totalCents,
      missing,
      simulated,
      kind: handoffUrl === null ? 'order_request' : 'link',
      decidedTotalCents: then.totalCents,
    });
    if (!confirmation) throw new AppError('confirmation_in_flight', `route ${route.id} was taken over`);
    this.outbox.wake();
    this.log.info(
      { route_id: route.id, tenant_id: route.tenantId, provider_id: winner.providerId, total_cents: totalCents },
      'route.confirmed',
    );
    return confirmation;
  }

  /** The confirmation with the event that announces it; null when another took the route over. */
  private keep(
    { id, tenantId, traceparent, status, reference }: RouteRow,
    claim: string,
    agreed: Omit<Confirmation, 'confirmedAt'>,
  ): Promise<Confirmation | null> {
    return this.database.tenant(tenantId, async (tx) => {
      const confirmation = await this.confirmations.confirm(tx, claim, agreed);
      if (!confirmation) return null;
      const about = { id, tenantId, traceparent };
      await this.outbox.append(tx, 'route.confirmed', about, { id, status, reference, confirmation });
      return confirmation;
    });
  }

  private async askAgain(route: RouteRow, winner: RankedQuote, request: StoredRequest): Promise<Quote> {
    const { id: routeId, tenantId, traceparent } = route;
    const answers: ProviderAnswer[] = [];
    const deadline = Deadline.in(ASK_MS);
    await this.quotes.ask(
      { routeId, tenantId, traceparent, ...request, isFresh: true },
      [winner.providerId],
      deadline,
      deadline.signal(),
      (answer) => answers.push(answer),
    );
    const quote = quoteOf(answers[0]);
    if (quote) return quote;
    const result = answers[0]?.result;
    throw new AppError('quote_unavailable', `${winner.providerId} gave no quote for ${routeId}`, {
      retryAfterSeconds: 5,
      errors: [
        { pointer: '', detail: result?.ok === false ? result.failure.detail : `${winner.providerId} gave no price` },
      ],
    });
  }

  /** The route could not be taken: somebody was faster, is at it, or it is too late. */
  private async lost(tenantId: string, routeId: string, key: string, fingerprint: string): Promise<Confirmation> {
    const row = await this.confirmations.find(tenantId, routeId);
    if (!row) throw new AppError('confirmation_token_expired', `route ${routeId}`);
    if (!row.confirmation) throw new AppError('confirmation_in_flight', `route ${routeId}`, { retryAfterSeconds: 1 });
    return again(row, key, fingerprint);
  }
}

/** The same request gets the same answer; any other is told that it is too late. */
function again(row: ConfirmationRow, key: string, fingerprint: string): Confirmation {
  if (row.key !== key) throw new AppError('route_already_confirmed', `with the key of another request`);
  if (row.fingerprint !== fingerprint) throw new AppError('idempotency_reused', 'confirmed with another body');
  return row.confirmation!;
}

function winnerOf(route: RouteRow & { answers: Answer[] }): Decided {
  const winner = route.outcome?.winner;
  const quote = winner && quoteOf(route.answers.find(({ providerId }) => providerId === winner.providerId));
  if (!quote) throw new AppError('route_without_winner', `route ${route.id} is ${route.status}`);
  return { route, winner, quote };
}

function quoteOf(answer: Pick<Answer, 'result'> | undefined): Quote | null {
  return answer?.result.ok && answer.result.offer.kind === 'quote' ? answer.result.offer : null;
}
