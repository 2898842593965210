import { Inject, Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { databaseNow } from '../../../common/clock.js';
import { AppError } from '../../../common/errors.js';
import { DiscountsService } from '../../discounts/discounts.service.js';
import { libraryIn, type Library } from '../../nutrition/library.js';
import { clear, clearedAgain, type Clearing } from '../clearing/clear.js';
import { clearedAs, failedAs } from '../clearing/cleared.js';
import { provenCleared } from '../clearing/prove-cleared.js';
import type { ClearanceWish, Cleared, Line, Round } from '../clearing/words.js';
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

  async begin(work: PickedUp, wish: ClearanceWish, signal: AbortSignal): Promise<Begun> {
    const { id, tenantId, request, remainingMs } = work;
    const { near, radiusKm, chains } = wish;
    if (isUnderWay(boughtBefore(work))) return { clearing: null };
    try {
      const asked = { near: [{ ...near, radiusKm }], ...(chains ? { chains } : {}) };
      const within = AbortSignal.any([
        signal,
        AbortSignal.timeout(Math.max(0, Math.floor(Math.min(ASK_MS, remainingMs / ASK_PART)))),
      ]);
      const { offers } = await this.discounts.near(tenantId, asked, within);
      const library = libraryIn(request.plan.currency, this.library);
      const clearing = { offers, wish, request: request.plan, library, nowMs: databaseNow() };
      const held = await this.reservations.held(tenantId, holders(work));
      return { clearing: { ...clearing, held } };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.log.warn({ event: 'clearances_unasked', plan_id: id, code: error.code }, 'clearances_unasked');
      return { clearing: null };
    }
  }

  /**
   * What to buy for the plan that was made, proven from its rows and held. Of a plan with another meal that is what was chosen before where
   * the shopping is under way or nobody answered, and chosen anew otherwise; what the plan before held goes over to it.
   */
  async finish(work: PickedUp, plan: Plan, wish: ClearanceWish, begun: Begun): Promise<Cleared> {
    const { tenantId, request } = work;
    const currency = request.plan.currency ?? 'USD';
    if (!begun.clearing) return this.keep(work, plan, wish);
    for (let tries = 0; tries < TRIES; tries++) {
      const held = await this.reservations.held(tenantId, holders(work));
      const cleared = clear(plan, { ...begun.clearing, held });
      const { library } = begun.clearing;
      const wrong = provenCleared(cleared, { plan, request: request.plan, wish, library });
      if (wrong.length > 0) throw new Error(`clearances were bought against a rule: ${wrong[0]}`);
      if (await this.hold(work, cleared, held)) return cleared;
    }
    await this.hold(work, null, new Map());
    return clearedAs(null, null, { wish, currency, seen: { shops: 0, offers: 0 }, lists: null });
  }

  /** The plan was not closed as made after all: what it took over goes back, as far as it is there. */
  async release(work: Pick<PickedUp, 'id' | 'tenantId' | 'request'>): Promise<void> {
    const { id, tenantId, request } = work;
    const { from = null } = request.swap ?? {};
    const before = boughtBefore(work);
    if (from === null || !before) return void (await this.hold(work, null, new Map()));
    const lines = linesOf(before);
    const held = await this.reservations.held(tenantId, [id, from]);
    const wanted = lines.map((line) => reservedOf(line, held));
    await this.reservations.reserve(tenantId, [from, id], wanted, expiryOf(lines));
  }

  private async keep(work: PickedUp, plan: Plan, wish: ClearanceWish): Promise<Cleared> {
    const request = work.request.plan;
    const before = boughtBefore(work);
    if (!before) {
      await this.hold(work, null, new Map());
      return failedAs(wish, request.currency ?? 'USD');
    }
    const library = libraryIn(request.currency, this.library);
    const given = { wish, request, library, isUnderWay: isUnderWay(before) };
    const cleared = clearedAgain(plan, before, given);
    const wrong = provenCleared(cleared, { ...given, plan });
    if (wrong.length > 0) throw new Error(`clearances were kept against a rule: ${wrong[0]}`);
    const held = await this.reservations.held(work.tenantId, holders(work));
    if (!(await this.hold(work, cleared, held))) return failedAs(wish, request.currency ?? 'USD');
    return cleared;
  }

  /** Holds what is bought in place of what the plan, and the one that it is made of, held. */
  private hold(
    work: Pick<PickedUp, 'id' | 'tenantId' | 'request'>,
    cleared: Cleared | null,
    held: ReadonlyMap<string, number>,
  ): Promise<boolean> {
    const lines = linesOf(cleared);
    const wanted = lines.map((line) => reservedOf(line, held));
    return this.reservations.reserve(work.tenantId, holders(work), wanted, expiryOf(lines));
  }
}

type Swapped = Pick<PickedUp, 'id' | 'request'>;

/** The plan, and the one that it is made of. */
const holders = ({ id, request: { swap } }: Swapped): [string, ...string[]] => [id, ...(swap?.from ? [swap.from] : [])];

/** What the plan before it buys. */
function boughtBefore({ request: { swap } }: Pick<Swapped, 'request'>): (Cleared & { round: Round }) | null {
  const { cleared = null } = swap ?? {};
  return cleared?.round ? { ...cleared, round: cleared.round } : null;
}

/** Whether somebody may be in the first shop already. */
const isUnderWay = (cleared: Cleared | null): boolean =>
  (cleared?.round?.stops ?? []).some(({ arrivesAt }) => Date.parse(arrivesAt) <= databaseNow());

const linesOf = (cleared: Cleared | null): Line[] => cleared?.round?.stops.flatMap((stop) => stop.lines) ?? [];

function reservedOf({ key, ean, bought, packs }: Line, held: ReadonlyMap<string, number>) {
  const [sourceId, storeId] = key.split(' ');
  return { sourceId: sourceId!, storeId: storeId!, ean, packs: bought, most: packs + (held.get(key) ?? 0) };
}

const expiryOf = (lines: readonly Line[]): string =>
  new Date(Math.max(databaseNow(), ...lines.map(({ buyBy }) => Date.parse(buyBy))) + GRACE_MS).toISOString();
