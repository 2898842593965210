import { idPattern } from '../common/ids.js';
import type { ErrorCode } from '../errors.js';
import type { Role } from '../common/roles.js';
import type { EventName, Topic } from '../events/catalogue.js';
import type { JobName } from '../queues/catalogue.js';

/**
 * TABLE 3 of 3: what is accepted now and done later. Each row is a module's; whoever serves all kinds (streams, webhooks, retention,
 * scopes, the pull) goes by this table and names none. What a kind does is its module's, said once in `Operations.serve`.
 *
 * A kind's table has the columns that all have: id, tenant_id, status ('open' until it is closed, once), reference, metadata, webhook,
 * traceparent, work, sequence, created_at, deadline_at, cancel_at, started_at, closed_at.
 */
export const KINDS = {
  route: {
    prefix: 'req',
    table: 'routes',
    path: 'routes',
    topic: 'routes.v1',
    job: 'route.quote',
    relay: 'aggregator',
    read: 'routes:read',
    write: 'routes:write',
    missing: 'route_not_found',
    closed: 'route_already_closed',
    outcomes: ['route.decided', 'route.failed', 'route.cancelled'],
    webhooks: ['route.decided', 'route.failed', 'route.cancelled', 'route.confirmed'],
    parts: { quotes: 'route_id', decision_records: 'route_id', confirmations: 'route_id' },
  },
  plan: {
    prefix: 'plan',
    table: 'meal_plans',
    path: 'plans',
    topic: 'plans.v1',
    job: 'plan.generate',
    relay: 'planner',
    read: 'plans:read',
    write: 'plans:write',
    missing: 'plan_not_found',
    closed: 'plan_already_closed',
    outcomes: ['plan.generated', 'plan.failed', 'plan.cancelled'],
    webhooks: ['plan.generated', 'plan.failed', 'plan.cancelled'],
    parts: { plan_generation_logs: 'plan_id', clearance_reservations: 'plan_id' },
    follows: 'swapped_from',
  },
  import: {
    prefix: 'imp',
    table: 'imports',
    path: 'imports',
    topic: 'imports.v1',
    job: 'import.read',
    relay: 'planner',
    read: 'imports:read',
    write: 'imports:write',
    missing: 'import_not_found',
    closed: 'import_already_closed',
    outcomes: ['import.completed', 'import.failed', 'import.cancelled'],
    webhooks: ['import.completed', 'import.failed', 'import.cancelled'],
    parts: { import_chunks: 'import_id' },
  },
  cart: {
    prefix: 'crt',
    table: 'carts',
    path: 'carts',
    topic: 'carts.v1',
    job: 'cart.read',
    relay: 'planner',
    read: 'carts:read',
    write: 'carts:write',
    missing: 'cart_not_found',
    closed: 'cart_already_closed',
    outcomes: ['cart.ready', 'cart.needs_input', 'cart.failed', 'cart.cancelled'],
    webhooks: ['cart.ready', 'cart.needs_input', 'cart.failed', 'cart.cancelled', 'cart.changed'],
    parts: {},
    follows: 'follows',
  },
} as const satisfies Record<string, KindRow>;

interface KindRow {
  /** Of its ids: `req_01J…`. */
  prefix: string;
  table: string;
  /** Of its doors: `/v1/routes`. */
  path: string;
  /** Where its events go. */
  topic: Topic;
  job: JobName;
  /** The role beside which its deadlines are kept and its lost jobs added again. */
  relay: Role;
  /** The scopes that its callers' keys need. */
  read: `${string}:read`;
  write: `${string}:write`;
  /** What who asks for one that is not there, or cancels one that is closed, is told. */
  missing: ErrorCode;
  closed: ErrorCode;
  /** The events that close it. */
  outcomes: readonly EventName[];
  /** Those of its events that webhooks carry. */
  webhooks: readonly EventName[];
  /** Tables of the module whose rows go when it goes, by the column that names it. */
  parts: Readonly<Record<string, string>>;
  /** The column by which a later one names an earlier, which is kept as long. */
  follows?: string;
  /** Kept for so many days after it is closed, and not for LOOPGPT_KEEP_DAYS. */
  keepDays?: number;
}

/**
 * What stands until it is taken away and tells of itself now and then, by the doors that tell of operations: nothing of it is done later,
 * so nothing closes it.
 */
const STANDING = {
  watch: {
    prefix: 'wat',
    table: 'price_watches',
    path: 'price-watches',
    topic: 'prices.v1',
    read: 'imports:read',
    missing: 'price_watch_not_found',
    webhooks: ['price.dropped', 'price.raised'],
  },
  clearanceWatch: {
    prefix: 'clw',
    table: 'clearance_watches',
    path: 'clearance-watches',
    topic: 'clearances.v1',
    read: 'routes:read',
    missing: 'clearance_watch_not_found',
    webhooks: ['clearances.changed'],
  },
} as const satisfies Record<string, Omit<TellerRow, 'read'> & { read: KindScope }>;

type TellerRow = Pick<KindRow, 'prefix' | 'table' | 'path' | 'topic' | 'read' | 'missing' | 'webhooks'>;

/** What events are about: whoever streams, sends or lists them goes by these, and names none. */
export interface Teller extends Readonly<TellerRow> {
  name: string;
  read: Extract<KindScope, `${string}:read`>;
  /** Nothing closes it. */
  isStanding: boolean;
}

export type KindName = keyof typeof KINDS;
export type KindScope = (typeof KINDS)[KindName]['read' | 'write'];
export interface Kind extends Readonly<KindRow> {
  name: KindName;
  read: Extract<KindScope, `${string}:read`>;
  write: Extract<KindScope, `${string}:write`>;
}

export const kindNamed = (name: KindName): Kind => ({ name, ...KINDS[name] });

export const kinds = (): Kind[] => (Object.keys(KINDS) as KindName[]).map(kindNamed);

export const tellers = (): Teller[] => [
  ...kinds().map((kind) => ({ ...kind, isStanding: false })),
  ...Object.entries(STANDING).map(([name, row]) => ({ name, ...row, isStanding: true })),
];

export const topics = (): Topic[] => tellers().map(({ topic }) => topic);

export const readScopes = (): KindScope[] => kinds().map(({ read }) => read);

/** The kind that an id is of, or null when it is none. Pure. */
export function kindOf(id: string): Kind | null {
  return kinds().find(({ prefix }) => idPattern(prefix).test(id)) ?? null;
}

/** What an id is of that events may be about, or null. Pure. */
export function tellerOf(id: string): Teller | null {
  return tellers().find(({ prefix }) => idPattern(prefix).test(id)) ?? null;
}
