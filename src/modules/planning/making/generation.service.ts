import { Inject, Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Deadline } from '../../../common/deadline.js';
import { AppError } from '../../../common/errors.js';
import { newId } from '../../../common/ids.js';
import type { Why } from '../../../operations/operations.js';
import { NewEvent } from '../../../events/new-event.js';
import { Outbox } from '../../../events/outbox.js';
import { Database } from '../../../platform/database/database.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { inSpan, traceFields } from '../../../platform/telemetry/tracing.js';
import type { Payload } from '../../../queues/catalogue.js';
import { libraryIn, type Library } from '../../nutrition/library.js';
import type { Drafted } from '../plan-request.js';
import { LIBRARY } from '../library.token.js';
import { planningMetrics } from '../planning.metrics.js';
import { PlaylistService } from '../playlist/playlist.service.js';
import { priced } from '../solver/shopping/packs.js';
import { shoppingListOf } from '../solver/shopping/shopping-list.js';
import { Solver, type Welcome } from '../solver/solver.service.js';
import { shortfallsOf } from '../needs/shortfalls.js';
import type { PlanOutcome, PlanRequest } from '../solver/plan.js';
import { failureOf, secondsOf, snapshotOf, type OpenPlan, type PlanRow, type StoredOutcome } from '../plan.resource.js';
import { clearedGrams } from '../clearing/clear.js';
import type { Cleared } from '../clearing/words.js';
import { unfinishedReceipt } from './unfinished-receipt.js';
import { MakingRepository, type PickedUp } from './making.repository.js';
import { DraftingService } from './drafting.service.js';
import { CartService } from './cart.service.js';
import { ClearingService, type Begun } from './clearing.service.js';
import { NamingService } from './naming.service.js';

/**
 * Makes plans: draft, solve and prove, price, route, close; a playlist is looked for beside. Every step may be cut off and done again: a step is told once, a model is paid once, and
 * the outcome is a compare-and-set together with the event that announces it.
 */
@Injectable()
export class GenerationService {
  constructor(
    private readonly plans: MakingRepository,
    private readonly drafting: DraftingService,
    private readonly solver: Solver,
    private readonly cart: CartService,
    private readonly clearing: ClearingService,
    private readonly naming: NamingService,
    private readonly playlists: PlaylistService,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
    @Inject(LIBRARY) private readonly library: Library,
  ) {}

  async generate({ planId, tenantId }: Payload<'plan.generate'>, signal: AbortSignal): Promise<void> {
    const work = await this.plans.pickUp(tenantId, planId);
    if (!work) return;
    try {
      await inSpan('plan.generate', 'consumer', work.traceparent, { 'loopgpt.subject': planId }, (traceparent) =>
        this.make({ ...work, traceparent }, signal),
      );
    } catch (error) {
      await this.plans.logError({ id: newId('err'), tenantId, subject: planId, ...wordless(error) });
      throw error;
    }
  }

  /** Ends open plans: their time is up, or they are not wanted any more; what was paid is paid. */
  async end(ids: readonly string[], why: Why): Promise<number> {
    let ended = 0;
    for (const id of ids)
      if (await this.close({ id }, why === 'deadline' ? DEADLINE_PASSED : NOT_WANTED, null, why)) ended++;
    return ended;
  }

  private async make(work: PickedUp, signal: AbortSignal): Promise<void> {
    const deadline = Deadline.in(work.remainingMs);
    const { swap } = work.request;
    const playlist = swap ? swap.playlist : this.playlists.find(work.id, work.request.plan);
    const chosen = await this.choose(work, deadline, signal);
    const made = { ...chosen, outcome: withShortfalls(chosen.outcome, work.request.plan, this.library) };
    const { outcome } = made;
    const rows = proofOf(outcome)?.rows ?? [];
    await this.tell(NewEvent.of('plan.checked', { id: work.id, targets: rows.length, targetsMet: metIn(rows) }), work);
    if (outcome.kind !== 'planned') return void (await this.close(work, stored(made), outcome));
    if (outcome.repairs.length > 0)
      await this.tell(NewEvent.of('plan.repaired', { id: work.id, repairs: outcome.repairs.length }), work);
    const { plan: request, clearances: wish } = work.request;
    const bargains = wish && chosen.begun ? await this.clearing.finish(work, outcome.plan, wish, chosen.begun) : null;
    const { clearances, paid } = await this.named(work, bargains, made.paid, deadline);
    const named = { ...made, paid };
    const { prices } = libraryIn(request.currency, this.library);
    const cleared = clearedGrams(clearances?.round ?? null);
    const shoppingList = priced(shoppingListOf(outcome.plan, request, this.library, cleared), prices);
    const { totalCents, knownCents, unpricedFoods } = shoppingList;
    await this.tell(NewEvent.of('plan.priced', { id: work.id, totalCents, knownCents, unpricedFoods }), work);
    const carted = work.request.route ? await this.cart.route(work, shoppingList, deadline.remainingMs()) : null;
    const { route = null, live: livePrices = null } = carted ?? {};
    if (route)
      await this.tell(
        NewEvent.of('plan.routed', { id: work.id, route, unavailableFoods: livePrices?.unavailableFoods ?? [] }),
        work,
      );
    const bought = { shoppingList, route, livePrices, playlist: await playlist, clearances };
    const isClosed = await this.close(work, { ...stored(named, bought), ...bought }, outcome);
    if (!isClosed && (clearances?.round || swap?.cleared?.round)) await this.clearing.release(work);
  }

  /** With what a model calls the meals, and what that cost. */
  private async named(
    work: PickedUp,
    clearances: Cleared | null,
    paid: Drafted['paid'],
    deadline: Deadline,
  ): Promise<{ clearances: Cleared | null; paid: Drafted['paid'] }> {
    const { clearances: wish } = work.request;
    if (!clearances?.round || !wish) return { clearances, paid };
    const { round } = clearances;
    const asked = { round, language: wish.language, remainingMs: deadline.remainingMs() };
    const named = await this.naming.name(work, asked);
    if (!named) return { clearances, paid };
    const aiCents = paid.aiCents + named.aiCents;
    const aiTokens = paid.aiTokens + named.aiTokens;
    return {
      clearances: { ...clearances, words: named.words },
      paid: { ...paid, aiCents, aiTokens, model: named.model },
    };
  }

  private async choose(work: PickedUp, deadline: Deadline, signal: AbortSignal): Promise<Made> {
    const within = deadline.signal(signal);
    const { swap, plan: request } = work.request;
    if (swap) {
      const outcome = await this.solver.solve(request, { plan: swap.plan, wish: swap.wish }, within, work.tenantId);
      const { clearances: wish } = work.request;
      const begun = wish && outcome.kind === 'planned' ? await this.clearing.begin(work, wish, within) : null;
      return { outcome, origin: swap.origin, paid: SWAPPED, begun };
    }
    const { clearances: wish } = work.request;
    const begun = wish ? await this.clearing.begin(work, wish, within) : null;
    const drafted = work.drafted ?? (await this.draft(work));
    await this.tell(
      NewEvent.of('plan.drafted', { id: work.id, origin: originOf(drafted), draft: drafted.paid.draft }),
      work,
    );
    const from = { draft: drafted.draft, welcome: welcomeOf(begun) };
    const outcome = await this.solver.solve(request, from, within, work.tenantId);
    return { outcome, origin: isOfDraft(outcome) ? originOf(drafted) : 'solver', paid: drafted.paid, begun };
  }

  /** Kept at once, so that whoever takes over pays nobody again. A model that failed is an error that harmed nothing. */
  private async draft(work: PickedUp): Promise<Drafted> {
    const { id, tenantId } = work;
    const drafted = await inSpan('draft', 'client', work.traceparent, { 'loopgpt.subject': id }, () =>
      this.drafting.draft(work),
    );
    await this.plans.keepDraft(id, drafted);
    const { draft: code, model: place } = drafted.paid;
    if (!WITHOUT_HARM.has(code)) {
      await this.plans.logError({ id: newId('err'), tenantId, subject: id, error: 'DraftFailed', code, place });
    }
    return drafted;
  }

  private async tell(event: NewEvent, { id, traceparent }: PickedUp): Promise<void> {
    await this.plans.tell(id, event.by(traceparent));
    this.outbox.wake();
  }

  /** Answers whether this closed it. */
  private async close(
    { id, traceparent }: { id: string; traceparent?: string },
    outcome: Unsettled,
    made: PlanOutcome | null,
    why?: Why,
  ): Promise<boolean> {
    const { status, event: name } = why === 'cancelled' ? CANCELLED : made?.kind === 'planned' ? COMPLETED : FAILED;
    const closed = await this.database.system(async (tx) => {
      const open = await this.plans.lockOpen(tx, id);
      if (!open) return null;
      const { plan, proof } = made?.kind === 'planned' ? made : { plan: null, proof: null };
      const row: PlanRow = { ...open, status, plan, proof, closedAt: open.now, outcome: settled(outcome, open) };
      const event = NewEvent.of(name, snapshotOf(row, this.library)).by(traceparent ?? open.traceparent);
      const own = { plan, proof, outcome: row.outcome };
      await this.plans.close(tx, { id, status, closedAt: open.now.toISOString(), event, own });
      if (status !== 'completed') await this.plans.dropHolds(tx, id);
      return open;
    });
    if (!closed) return false;
    this.outbox.wake();
    if (why === 'cancelled') return true;
    this.metrics.of(planningMetrics).plans.inc({
      status,
      origin: outcome.origin ?? 'none',
      failure: outcome.failure?.reason ?? 'none',
    });
    this.metrics.of(planningMetrics).repairs.inc(outcome.receipt?.repairs ?? 0);
    this.metrics.of(planningMetrics).planLatency.observe(closed.ageMs / 1000);
    this.log.info(
      {
        plan_id: id,
        status,
        origin: outcome.origin,
        reason: outcome.failure?.reason ?? null,
        ms: Math.round(closed.ageMs),
        ...traceFields(traceparent ?? closed.traceparent),
      },
      'plan.closed',
    );
    return true;
  }
}

/** What a thread is sent of it: the library it has. */
function welcomeOf(begun: Begun | null): Welcome | null {
  if (!begun?.clearing) return null;
  const { offers, wish, nowMs, held } = begun.clearing;
  return { offers, wish, nowMs, held };
}

const CANCELLED = { status: 'cancelled', event: 'plan.cancelled' } as const;
const COMPLETED = { status: 'completed', event: 'plan.generated' } as const;
const FAILED = { status: 'failed', event: 'plan.failed' } as const;

function withShortfalls(outcome: PlanOutcome, request: PlanRequest, library: Library): PlanOutcome {
  if (outcome.kind !== 'planned') return outcome;
  return { ...outcome, notices: [...outcome.notices, ...shortfallsOf(outcome.plan, request, library)] };
}

/** What was chosen and proven, by whom, and what it cost. */
interface Made {
  outcome: PlanOutcome;
  origin: StoredOutcome['origin'];
  paid: Drafted['paid'];
  begun?: Begun | null;
}

/** An outcome before it is known when it was settled. */
type Unsettled = Omit<StoredOutcome, 'receipt'> & {
  receipt: Omit<NonNullable<StoredOutcome['receipt']>, 'seconds'> | null;
};

const DEADLINE_PASSED: Unsettled = {
  origin: null,
  receipt: null,
  failure: {
    reason: 'deadline',
    details: [
      {
        pointer: '/deadlineMs',
        detail: 'The plan was not made in time; ask again, with more time if it stays so.',
      },
    ],
  },
  repairs: [],
  notices: [],
  clashes: [],
};

const NOT_WANTED: Unsettled = { origin: null, receipt: null, failure: null, repairs: [], notices: [], clashes: [] };

/** Drafted, or without a model by somebody's wish: none was configured, or the caller allows less than it may cost. */
const WITHOUT_HARM = new Set(['ok', 'off', 'subject']);

const originOf = ({ draft }: Drafted) => (draft === null ? 'solver' : 'claude');
const proofOf = (outcome: PlanOutcome) =>
  outcome.kind === 'planned' ? outcome.proof : outcome.kind === 'clash' ? (outcome.nearest?.proof ?? null) : null;
const metIn = (rows: readonly { isMet: boolean }[]) => rows.filter(({ isMet }) => isMet).length;

const SWAPPED: Drafted['paid'] = {
  aiCents: 0,
  aiTokens: 0,
  model: null,
  draft: 'swapped',
  cacheHit: false,
  promptVersion: '',
};

function stored(
  { outcome, origin, paid }: Made,
  bought: Pick<StoredOutcome, 'shoppingList' | 'livePrices'> = {},
): Unsettled {
  const rows = proofOf(outcome)?.rows ?? [];
  const repairs = outcome.kind === 'planned' ? outcome.repairs : [];
  const { shoppingList = null, livePrices = null } = bought;
  const targets = { targets: rows.length, targetsMet: metIn(rows) };
  const cents = { catalogueCents: shoppingList?.totalCents ?? null, liveCents: livePrices?.cents ?? null };
  return {
    origin,
    receipt: { ...paid, repairs: repairs.length, ...targets, ...cents },
    failure: failureOf(outcome),
    repairs,
    notices: outcome.kind === 'refused' ? [] : outcome.notices,
    clashes: outcome.kind === 'clash' ? outcome.clashes : [],
    closest: closestOf(outcome),
  };
}

function closestOf(outcome: PlanOutcome): StoredOutcome['closest'] {
  if (outcome.kind !== 'clash' || outcome.nearest === null) return null;
  const { plan, proof } = outcome.nearest;
  const misses = proof.violations.map(({ rule, date, personId, detail }) => ({ rule, date, personId, detail }));
  return { plan, costCents: proof.costCents, misses };
}

/** Whether a meal is left that was drafted. */
function isOfDraft(outcome: PlanOutcome): boolean {
  if (outcome.kind !== 'planned') return true;
  const chosen = outcome.repairs.filter(({ kind }) => kind !== 'portion').length;
  return chosen < outcome.plan.days.flatMap(({ meals }) => meals).length;
}

function settled(outcome: Unsettled, open: OpenPlan): StoredOutcome {
  const { receipt } = outcome;
  return {
    ...outcome,
    receipt: receipt ? { ...receipt, seconds: secondsOf(open.ageMs) } : unfinishedReceipt(open),
  };
}

/** What kind of error and where, for messages may repeat what people wrote. */
function wordless(error: unknown): { error: string; code: string | null; place: string | null } {
  if (!(error instanceof Error)) return { error: typeof error, code: null, place: null };
  const code = error instanceof AppError || 'code' in error ? String((error as { code?: unknown }).code) : null;
  return { error: error.name, code, place: /\(?([^/\\(\s]+:\d+):\d+\)?/.exec(error.stack ?? '')?.[1] ?? null };
}
