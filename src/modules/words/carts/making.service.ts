import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { NewEvent } from '../../../events/new-event.js';
import { Outbox } from '../../../events/outbox.js';
import type { Why } from '../../../operations/operations.js';
import { crashPoint } from '../../../common/crash-points.js';
import { Config } from '../../../config.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { inSpan, traceFields } from '../../../platform/telemetry/tracing.js';
import type { Payload } from '../../../queues/catalogue.js';
import { shippedLibrary } from '../../nutrition/library.js';
import { readAs } from '../accuracy/deciding/kept-lines.js';
import { together } from '../reading/constraints.js';
import { readWords } from '../reading/read-words.js';
import type { Context } from '../reading/reading.js';
import { wordsMetrics } from '../words.metrics.js';
import { snapshotOf, statusOf, type AskedCart, type CartRow } from './cart.resource.js';
import { CartsRepository } from './carts.repository.js';
import { asksIn } from './deciding/asking-texts.js';
import { carriedOut } from './deciding/carry-out.js';
import { emptyState, isTooLate, type CartState } from './deciding/cart-state.js';
import { cooked, type Wanted } from './deciding/cooking.js';
import { momentOf } from './deciding/moments.js';
import { asReply, replyIn } from './deciding/replying.js';
import { FindingService, type MayRead } from './finding.service.js';
import { SecondReader } from './second-reader.service.js';

const EVENTS = {
  ready: 'cart.ready',
  needs_input: 'cart.needs_input',
  failed: 'cart.failed',
  cancelled: 'cart.cancelled',
} as const;

const HOUR_MS = 3_600_000;

/** Makes carts of words: what was read, and the event that tells it, are one commit. A worker that is killed leaves nothing, and the job begins again. */
@Injectable()
export class CartMaking {
  constructor(
    private readonly carts: CartsRepository,
    private readonly finding: FindingService,
    private readonly second: SecondReader,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly metrics: Metrics,
    private readonly config: Config,
    private readonly log: PinoLogger,
  ) {}

  async run({ cartId, tenantId }: Payload<'cart.read'>): Promise<void> {
    const work = await this.carts.pickUp(tenantId, cartId);
    if (!work) return;
    crashPoint('words.picked_up');
    await inSpan('cart.read', 'consumer', work.traceparent, { 'loopgpt.subject': cartId }, async (traceparent) => {
      const state = await this.stateOf(work);
      crashPoint('words.read');
      await this.close(this.database, { ...work, traceparent }, statusOf(state), state);
    });
  }

  /** Ends open carts: their time is up, or they are not wanted any more. */
  async end(ids: readonly string[], why: Why): Promise<number> {
    let ended = 0;
    for (const row of await this.carts.open(this.database, ids))
      if (await this.close(this.database, row, why === 'cancelled' ? 'cancelled' : 'failed', null)) ended++;
    return ended;
  }

  private async stateOf({ id, tenantId, asked, follows, now }: CartRow): Promise<CartState> {
    const earlier =
      follows === null ? null : await this.database.tenantOne(tenantId, (tx) => this.carts.find(tx, follows));
    const before = earlier?.state ?? emptyState();
    const started = {
      ...before,
      version: 1,
      constraints: together([before.constraints, (asked.constraints ?? {}) as CartState['constraints']]),
    };
    const isAnswerable = earlier !== null && !isTooLate(before, earlier.now);
    const reply = isAnswerable ? replyIn(asked.text, before) : null;
    const first = readWords(asked.text, { locale: asked.locale ?? null, context: contextOf(before) });
    const reading =
      reply === null ? await this.second.read(asked.text, first, { tenantId, id }) : asReply(asked.text, first);
    const may = mayRead(asked);
    const wantsUsual = may.history && reading.actions.some(({ intent }) => intent === 'reorder');
    const usual = wantsUsual ? await this.finding.usual(tenantId) : [];
    const beside = {
      text: asked.text,
      reply,
      cook: (wanted: Wanted) => cooked(wanted, shippedLibrary().recipes.values()),
      asksIn: asksIn(asked.locale ?? null, reading.language),
    };
    const state = timed(carriedOut(started, reading, usual, beside), before, asked.timezone, now);
    return this.finding.told(tenantId, id, state, may);
  }

  private async close(tx: Tx, work: CartRow, status: keyof typeof EVENTS, made: CartState | null): Promise<boolean> {
    const [open] = await this.carts.open(tx, [work.id]);
    if (!open) return false;
    const askedUntil = new Date(open.now.getTime() + this.config.values.LOOPGPT_QUESTION_HOURS * HOUR_MS).toISOString();
    const state = made && { ...made, askedUntil, readAs: readAs(made) };
    const row: CartRow = { ...open, status, closedAt: open.now, state };
    const event = NewEvent.of(EVENTS[status], snapshotOf(row)).by(work.traceparent);
    const closed = await this.carts.close(tx, {
      id: work.id,
      status,
      closedAt: open.now.toISOString(),
      event,
      own: { state },
    });
    if (!closed) return false;
    crashPoint('words.committed');
    this.outbox.wake();
    const ms = open.now.getTime() - open.createdAt.getTime();
    const { carts, latency, questions, unread } = this.metrics.of(wordsMetrics);
    carts.inc({ status });
    latency.observe(ms / 1000);
    questions.inc(state?.questions.length ?? 0);
    unread.inc(state?.words.filter(({ role }) => role === 'unread').length ?? 0);
    this.log.info(
      {
        cart_id: work.id,
        status,
        lines: state?.lines.length ?? 0,
        questions: state?.questions.length ?? 0,
        ms,
        ...traceFields(work.traceparent),
      },
      'cart.closed',
    );
    return true;
  }
}

const mayRead = ({ history, mayRead: scopes = [] }: AskedCart): MayRead => ({
  history: history === 'use' && scopes.includes('imports:read'),
  routes: scopes.includes('routes:read'),
  plans: scopes.includes('plans:read'),
});

/** With the moment that a deadline names, once it is another than before. */
function timed(state: CartState, before: CartState, timezone: string | undefined, now: Date): CartState {
  const { deadline } = state.constraints;
  if (deadline === before.constraints.deadline && before.neededBy !== undefined) return state;
  const { neededBy: _, ...rest } = state;
  const moment = deadline === undefined || timezone === undefined ? null : momentOf(deadline, timezone, now);
  return moment === null ? rest : { ...rest, neededBy: moment };
}

/** What was asked is no matter of the reading: whether words answer it is judged before. */
const contextOf = ({ lines }: CartState): Context => ({
  cart: lines.filter(({ state }) => state !== 'left_out'),
  question: null,
});
