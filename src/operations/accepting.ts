import { Injectable } from '@nestjs/common';
import { Batcher } from '../common/pacing/batcher.js';
import { crashPoint } from '../common/crash-points.js';
import { AppError } from '../common/errors.js';
import { fingerprintOf } from '../common/canonical-json.js';
import { Database, type Tx } from '../platform/database/database.js';
import { inFlight, subjectOf, type Stored } from '../platform/http/idempotency-key.js';
import type { KeptSubmission } from '../platform/http/submission.js';
import { inSpan } from '../platform/telemetry/tracing.js';
import type { Kind } from './catalogue.js';

/** A row before it is one. `own` holds the columns that are its module's, by name. */
export interface NewOperation extends KeptSubmission {
  id: string;
  tenantId: string;
  traceparent: string;
  /** How much there is to do, in the unit of its kind. */
  work: number;
  deadlineMs: number;
  /** Cancelled if it is still open after so long. */
  cancelAfterSeconds: number | null;
  own: Readonly<Record<string, unknown>>;
}

/** What the database added to it. */
export interface Written {
  id: string;
  createdAt: Date;
  deadlineAt: Date;
  cancelAt: Date | null;
}

/** What a caller was told: the id of a new row, or of the one that the same request made before. */
export interface Accepted {
  id: string;
  replayed: boolean;
  written: Written | null;
}

export interface Asking {
  tenantId: string;
  /** What was carried here, if anything. */
  traceparent: string | undefined;
  key: string | undefined;
  /** What is asked, whole: the same key with anything else is refused. */
  body: unknown;
}

/** Writes one row; within `tx` where its module has to hold something meanwhile. */
export type Put = (row: NewOperation, tx?: Tx) => Promise<Accepted>;

interface Keyed extends NewOperation {
  key: string | null;
  fingerprint: string | null;
}

interface Answer extends Omit<Written, 'createdAt'> {
  /** Null when the key was taken. */
  createdAt: Date | null;
  subject: string | null;
  fingerprint: string | null;
}

/** Types of a module's own columns, by name. */
export type OwnColumns = Readonly<Record<string, string>>;

/**
 * Accepts: idempotency key and row in one commit, which the callers of one moment share; a row that the store refuses for its data fails
 * alone. Nothing is read before or after: the statement tells what it wrote, or whose the key is.
 */
@Injectable()
export class Accepting {
  /** Keys whose first request this process is writing right now. */
  private readonly inFlight = new Set<string>();
  private readonly batchers = new Map<string, Batcher<Keyed, Answer>>();

  constructor(private readonly database: Database) {}

  /**
   * What `make` puts, under the trace it is given, or what the same request made before. `make` refuses first; a refusal of a request that was accepted before is
   * none. Throws `idempotency_reused`, `idempotency_in_flight` and what `make` throws; after a throw nothing was accepted.
   */
  async accept(
    kind: Kind,
    columns: OwnColumns,
    asking: Asking,
    make: (put: Put, traceparent: string) => Promise<Accepted>,
  ): Promise<Accepted> {
    const facts = { 'loopgpt.tenant_id': asking.tenantId };
    return inSpan(`accept ${kind.name}`, 'internal', asking.traceparent, facts, (traceparent) =>
      this.acceptOnce(kind, columns, asking, (put) => make(put, traceparent)),
    );
  }

  private async acceptOnce(
    kind: Kind,
    columns: OwnColumns,
    { tenantId, key, body }: Asking,
    make: (put: Put) => Promise<Accepted>,
  ): Promise<Accepted> {
    if (key === undefined)
      return make((row, tx) => this.put(kind, columns, { ...row, key: null, fingerprint: null }, tx));
    const fingerprint = fingerprintOf(body);
    const slot = `${kind.name} ${tenantId} ${key}`;
    if (this.inFlight.has(slot)) throw inFlight(slot);
    this.inFlight.add(slot);
    try {
      return await make((row, tx) => this.put(kind, columns, { ...row, key, fingerprint }, tx));
    } catch (error) {
      if (!(error instanceof AppError) || error.code.startsWith('idempotency_')) throw error;
      const stored = await this.find(kind, tenantId, key);
      if (!stored) throw error;
      return replay(stored, fingerprint);
    } finally {
      this.inFlight.delete(slot);
    }
  }

  private async put(kind: Kind, columns: OwnColumns, row: Keyed, tx?: Tx): Promise<Accepted> {
    const answer = tx ? (await this.write(kind, columns, [row], tx))[0]! : await this.batcher(kind, columns).add(row);
    const { id, createdAt, deadlineAt, cancelAt, subject, fingerprint } = answer;
    if (createdAt) return { id, replayed: false, written: { id, createdAt, deadlineAt, cancelAt } };
    // Another process wrote the same key in this very moment: its row was not there yet when the statement began.
    if (subject === null || fingerprint === null) throw inFlight(`key of ${id}`);
    return replay({ subject, fingerprint }, row.fingerprint!);
  }

  private batcher(kind: Kind, columns: OwnColumns): Batcher<Keyed, Answer> {
    const known = this.batchers.get(kind.name);
    if (known) return known;
    const flush = (rows: Keyed[]) => this.write(kind, columns, rows, this.database);
    const made = new Batcher(flush, { maxItems: 200, maxInFlight: 2 });
    this.batchers.set(kind.name, made);
    return made;
  }

  private async write(kind: Kind, columns: OwnColumns, rows: readonly Keyed[], tx: Tx): Promise<Answer[]> {
    const input = JSON.stringify(rows.map(({ own, ...row }) => ({ ...row, ...own })));
    crashPoint('api.pre_commit');
    const answers = new Map((await tx.query<Answer>(writing(kind, columns), [input])).map((row) => [row.id, row]));
    crashPoint('api.post_commit');
    return rows.map(({ id }) => answers.get(id)!);
  }

  private async find(kind: Kind, tenantId: string, key: string): Promise<Stored | null> {
    const [stored] = await this.database.query<Stored>(
      `SELECT subject, encode(fingerprint, 'hex') AS fingerprint FROM idempotency_keys
       WHERE tenant_id = $1 AND operation = '${operationOf(kind)}' AND key = $2`,
      [tenantId, key],
    );
    return stored ?? null;
  }
}

const replay = (stored: Stored, own: string): Accepted => ({
  id: subjectOf(stored, own),
  replayed: true,
  written: null,
});

const operationOf = ({ path }: Kind): string => `${path}.create`;

/** A key that is taken, and not yet 24 h old, keeps its row: nothing is inserted, and whose it is is told. */
const writing = (kind: Kind, columns: OwnColumns): string => {
  const own = Object.keys(columns).map((name) => `"${name}"`);
  const typed = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  return `WITH input AS (
     SELECT * FROM jsonb_to_recordset($1) AS x(${[
       '"id" text, "tenantId" text, "reference" text, "metadata" jsonb, "webhook" jsonb, "traceparent" text, "work" int',
       '"deadlineMs" int, "cancelAfterSeconds" int, "key" text, "fingerprint" text',
       ...typed,
     ].join(', ')})
   ), keyed AS (
     INSERT INTO idempotency_keys AS k (tenant_id, key, operation, fingerprint, subject)
     SELECT "tenantId", "key", '${operationOf(kind)}', decode("fingerprint", 'hex'), "id" FROM input WHERE "key" IS NOT NULL
     ON CONFLICT (tenant_id, operation, key) DO UPDATE
       SET fingerprint = excluded.fingerprint, subject = excluded.subject, created_at = clock_timestamp()
       WHERE k.created_at < clock_timestamp() - interval '24 hours'
     RETURNING subject
   ), written AS (
     INSERT INTO ${kind.table} (${['id, tenant_id, reference, metadata, webhook, traceparent, work, deadline_at, cancel_at', ...own].join(', ')})
     SELECT ${[
       '"id", "tenantId", "reference", "metadata", "webhook", "traceparent", "work"',
       `clock_timestamp() + make_interval(secs => "deadlineMs" / 1000.0)`,
       'clock_timestamp() + make_interval(secs => "cancelAfterSeconds")',
       ...own,
     ].join(', ')}
     FROM input WHERE "key" IS NULL OR "id" IN (SELECT subject FROM keyed)
     RETURNING id, created_at, deadline_at, cancel_at
   )
   SELECT i."id", w.created_at AS "createdAt", w.deadline_at AS "deadlineAt", w.cancel_at AS "cancelAt",
     k.subject, encode(k.fingerprint, 'hex') AS fingerprint
   FROM input i LEFT JOIN written w ON w.id = i."id"
     LEFT JOIN idempotency_keys k ON w.id IS NULL AND k.tenant_id = i."tenantId" AND k.key = i."key"
       AND k.operation = '${operationOf(kind)}'`;
};
