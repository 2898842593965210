import type { Tx } from '../platform/database/database.js';
import { EVENT_TIME, appendFrom, type NewEvent } from '../events/new-event.js';
import type { Kind } from './catalogue.js';

/** How one is closed: its last state, the event that announces it, and the columns that are its module's. */
export interface Closing {
  id: string;
  status: string;
  closedAt: string;
  event: NewEvent;
  own: Readonly<Record<string, unknown>>;
}

/** One that was closed, with the place and time of the event that tells it. */
export interface Told {
  id: string;
  position: string;
  time: string;
}

/** What a module adds to the statement: types of its own columns, and a row of its own that is written `FROM closed`. */
export interface ClosingParts {
  columns: Readonly<Record<string, string>>;
  also?: string;
}

/** How a module closes in one statement with what it writes anyway. */
interface Within {
  /** The parameter that says whether the commit waits for the disk. */
  durable: string;
  /** Parts that come before, each ended by a comma. */
  first: string;
  /** Further columns of the input, and the condition on which it is closed. */
  typed: readonly string[];
  when: string;
  /** What is asked of it all; `told` are the closed. */
  last: string;
}

/**
 * The only way to close: a compare-and-set, and the event row that announces it, in one statement that waits for the disk. Answers the
 * ids that this call closed; those it did not were closed before, and stay as they are.
 */
export function close(tx: Tx, kind: Kind, parts: ClosingParts, closings: readonly Closing[]): Promise<Told[]> {
  return tx.query<Told>(closingStatement(kind, parts), [JSON.stringify(closings.map(rowOf))]);
}

/** As `$1` of the statement lists it. */
export const rowOf = ({ own, ...closing }: Closing): object => ({ ...closing, ...own });

const ALONE: Within = {
  durable: `'on'`,
  first: '',
  typed: [],
  when: 'true',
  last: 'SELECT id, position, time FROM told',
};

export function closingStatement(kind: Kind, { columns, also }: ClosingParts, within: Within = ALONE): string {
  const { durable, first, typed, when, last } = within;
  const own = Object.keys(columns);
  const all = [
    '"id" text, "status" text, "closedAt" timestamptz, "event" jsonb',
    ...Object.entries(columns).map(([name, type]) => `"${name}" ${type}`),
    ...typed,
  ];
  return `WITH durable AS (SELECT set_config('synchronous_commit', ${durable}, true)), ${first}
   closing AS (
     SELECT * FROM jsonb_to_recordset($1) AS x(${all.join(', ')})
   ), closed AS (
     UPDATE ${kind.table} o
     SET ${['status = i."status", closed_at = i."closedAt", sequence = o.sequence + 1', ...own.map((name) => `"${name}" = i."${name}"`)].join(', ')}
     FROM closing i, durable WHERE o.id = i."id" AND o.status = 'open' AND ${when}
     RETURNING o.*, i."event"
   ), ${also ? `also AS (${also}),` : ''}
   told AS (
     ${appendFrom('closed')} RETURNING subject AS id, position, ${EVENT_TIME}
   )
   ${last}`;
}
