import { Inject, Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { databaseNow } from '../../../common/clock.js';
import { AppError } from '../../../common/errors.js';
import { DiscountsService } from '../../discounts/discounts.service.js';
import { libraryIn, type Library } from '../../nutrition/library.js';
import { clear, type Clearing } from '../clearing/clear.js';
import { clearedAs, failedAs } from '../clearing/cleared.js';
import { provenCleared } from '../clearing/prove-cleared.js';
import type { ClearanceWish, Cleared, Line } from '../clearing/words.js';
import { LIBRARY } from '../library.token.js';
import type { Plan } from '../solver/plan.js';
import type { PickedUp } from './making.repository.js';
import { ReservationsRepository } from './reservations.repository.js';

/** Others may take what was chosen, so often; then nothing is bought on clearance. */
const TRIES = 8;
/** Sources are waited for no longer, and for no more than this part of the time that there is. */
const ASK_MS = 10_000;
const ASK_PART = 3;
/** Held for so long after the last moment to buy. */
const GRACE_MS = 3_600_000;

/** What is cleared near the household, for its meals to be chosen by. */
export interface Begun {
  clearing: Clearing | null;
}

/**
 * Buys for a plan what shops clear: asks for it, lets the meals be chosen by it, and holds what is bought until it is, so that no other
 * plan of the tenant counts on it. What the sources do not tell never harms the plan.
 */
@Injectable()
export class ClearingService {
  constructor(
    private readonly discounts: DiscountsService,
    private readonly reservations: ReservationsRepository,
    private readonly log: PinoLogger,
    @Inject(LIBRARY) private readonly library: Library,
  ) {}

  async begin(
    { id, tenantId, request, remainingMs }: PickedUp,
    wish: ClearanceWish,
    signal: AbortSignal,
  ): Promise<Begun> {
    const { near, radiusKm, chains } = wish;
    try {
      const asked = { near: [{ ...near, radiusKm }], ...(chains ? { chains } : {}) };
      const within = AbortSignal.any([
        signal,
        AbortSignal.timeout(Math.max(0, Math.floor(Math.min(ASK_MS, remainingMs / ASK_PART)))),
      ]);
      const { offers } = await this.discounts.near(tenantId, asked, within);
      const library = libraryIn(request.plan.currency, this.library);
      const clearing = { offers, wish, request: request.plan, library, nowMs: databaseNow() };
      const held = await this.reservations.held(tenantId, id);
      return { clearing: { ...clearing, held } };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.log.warn({ event: 'clearances_unasked', plan_id: id, code: error.code }, 'clearances_unasked');
      return { clearing: null };
    }
  }

  /** What to buy for the plan that was made, proven from its rows and held. */
  async finish({ id, tenantId, request }: PickedUp, plan: Plan, wish: ClearanceWish, begun: Begun): Promise<Cleared> {
    const currency = request.plan.currency ?? 'USD';
    if (!begun.clearing) return failedAs(wish, currency);
    for (let tries = 0; tries < TRIES; tries++) {
      const held = await this.reservations.held(tenantId, id);
      const cleared = clear(plan, { ...begun.clearing, held });
      const { library } = begun.clearing;
      const wrong = provenCleared(cleared, { plan, request: request.plan, wish, library });
      if (wrong.length > 0) throw new Error(`clearances were bought against a rule: ${wrong[0]}`);
      const lines = cleared.round?.stops.flatMap((stop) => stop.lines) ?? [];
      const wanted = lines.map((line) => reservedOf(line, held));
      if (await this.reservations.reserve(tenantId, id, wanted, expiryOf(lines))) return cleared;
    }
    return clearedAs(null, null, { wish, currency, seen: { shops: 0, offers: 0 }, lists: null });
  }

  /** The plan was not closed as made after all. */
  async release({ id, tenantId }: Pick<PickedUp, 'id' | 'tenantId'>): Promise<void> {
    await this.reservations.reserve(tenantId, id, [], new Date(databaseNow()).toISOString());
  }
}

function reservedOf({ key, ean, bought, packs }: Line, held: ReadonlyMap<string, number>) {
  const [sourceId, storeId] = key.split(' ');
  return { sourceId: sourceId!, storeId: storeId!, ean, packs: bought, most: packs + (held.get(key) ?? 0) };
}

const expiryOf = (lines: readonly Line[]): string =>
  new Date(Math.max(databaseNow(), ...lines.map(({ buyBy }) => Date.parse(buyBy))) + GRACE_MS).toISOString();
