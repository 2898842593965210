import { placeOf, type Load } from '../../../common/pacing/estimate.js';
import { traceIdOf } from '../../../platform/telemetry/tracing.js';
import type { CartResource, CartSnapshot, CreateCart } from './carts.dto.js';
import { boundBy } from './deciding/binding.js';
import { emptyState, isRoutable, openQuestions, type CartState } from './deciding/cart-state.js';

/** Stored carts as callers see them. Pure. */
export type AskedCart = Pick<CreateCart, 'text' | 'locale' | 'timezone' | 'constraints' | 'history'> & {
  /** What the key that sent the words may read beside carts: its answers tell no more. Absent: nothing. */
  mayRead?: readonly string[];
};

export interface CartRow {
  id: string;
  tenantId: string;
  status: CartSnapshot['status'];
  asked: AskedCart;
  follows: string | null;
  state: CartState | null;
  reference: string | null;
  metadata: Record<string, string>;
  traceparent: string;
  createdAt: Date;
  deadlineAt: Date;
  startedAt: Date | null;
  closedAt: Date | null;
  /** When it was read from the database, by its clock. */
  now: Date;
}

export const statusOf = (state: CartState): 'ready' | 'needs_input' =>
  openQuestions(state).length > 0 ? 'needs_input' : 'ready';

/** Carts that were read before actions had an answer have none. */
const told = (action: CartState['actions'][number]) => ({ ...NO_ANSWER, ...action });
const NO_ANSWER = { constraints: {}, found: [], next: [] };

/** The one way for a cart to fail; said as plans say it. */
const LATE: CartSnapshot['failure'] = {
  reason: 'deadline',
  details: [
    { pointer: '/text', detail: 'The words were not read in time; send them again, under a new Idempotency-Key.' },
  ],
};

/** As events carry it, without the words themselves: what people write may hold anything. */
export function snapshotOf(row: CartRow): CartSnapshot {
  const state = row.state ?? emptyState();
  const { id, status, reference, metadata, follows } = row;
  return {
    id,
    status,
    reference,
    metadata,
    failure: status === 'failed' ? LATE : null,
    cartId: follows,
    version: row.state?.version ?? 0,
    language: row.state?.language ?? null,
    actions: state.actions.map(told),
    lines: state.lines,
    questions: state.questions,
    constraints: state.constraints,
    neededBy: state.neededBy ?? null,
    questionsExpireAt: openQuestions(state).length > 0 ? (state.askedUntil ?? null) : null,
    routable: isRoutable(state),
    createdAt: row.createdAt.toISOString(),
    deadlineAt: row.deadlineAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    traceId: traceIdOf(row.traceparent) ?? '',
  };
}

export const resourceOf = (row: CartRow, load: Load): CartResource => ({
  ...snapshotOf(row),
  text: row.asked.text,
  timezone: row.asked.timezone ?? null,
  notBinding: boundBy(row.state?.constraints ?? {}, row.state?.neededBy).notBinding,
  words: row.state?.words ?? [],
  queue: row.status === 'open' ? placeOf(row, load) : null,
});
