import { Injectable } from '@nestjs/common';
import { kindNamed } from '../../../operations/catalogue.js';
import { close, type Closing } from '../../../operations/closing.js';
import { Sealer } from '../../../platform/crypto/sealed.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { ImportRow } from './import.resource.js';
import type { ImportOutcome, ListImports } from './imports.dto.js';

const COLUMNS = `id, tenant_id AS "tenantId", status, asked, sha256, outcome, reference, metadata, traceparent, created_at AS "createdAt",
  deadline_at AS "deadlineAt", started_at AS "startedAt", closed_at AS "closedAt", undone_at AS "undoneAt"`;
/** What an upload that broke off left is nobody's after so long. */
const STALE = `created_at < clock_timestamp() - interval '1 hour'`;

/** Imports and the bytes they are read from. Whoever reads them may be another process, so the bytes are rows; sealed, and gone with the outcome. */
@Injectable()
export class ImportsRepository {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {}

  async find(tx: Tx, id: string): Promise<ImportRow | null> {
    const [row] = await tx.query<ImportRow>(`SELECT ${COLUMNS} FROM imports WHERE id = $1`, [id]);
    return row ?? null;
  }

  list(tx: Tx, { limit, cursor, status }: ListImports): Promise<ImportRow[]> {
    return tx.query<ImportRow>(
      `SELECT ${COLUMNS} FROM imports WHERE ($2::text IS NULL OR id < $2) AND ($3::text IS NULL OR status = $3)
       ORDER BY id DESC LIMIT $1`,
      [limit + 1, cursor ?? null, status ?? null],
    );
  }

  /** One part of a file that is coming. */
  async keep(tenantId: string, at: { importId: string; file: number; part: number }, bytes: Buffer): Promise<void> {
    const { importId, file, part } = at;
    const sealed = this.sealer.seal(bytes, contextOf(importId, file, part));
    await this.database.tenantOne(tenantId, (tx) =>
      tx.query('INSERT INTO import_chunks (import_id, file, part, tenant_id, bytes) VALUES ($1, $2, $3, $4, $5)', [
        importId,
        file,
        part,
        tenantId,
        sealed,
      ]),
    );
  }

  /** Forgets what was sent for an import that is not to be, and what broken-off uploads of the tenant left. */
  async drop(tenantId: string, importId: string): Promise<void> {
    await this.database.tenantOne(tenantId, (tx) =>
      tx.query(
        `DELETE FROM import_chunks c WHERE import_id = $1 OR (${STALE}
           AND NOT EXISTS (SELECT FROM imports i WHERE i.id = c.import_id AND i.status = 'open'))`,
        [importId],
      ),
    );
  }

  /** A file's bytes as they were sent. */
  async bytesOf(importId: string, file: number): Promise<Uint8Array> {
    const parts: Buffer[] = [];
    for (;;) {
      const [row] = await this.database.query<{ bytes: Buffer }>(
        'SELECT bytes FROM import_chunks WHERE import_id = $1 AND file = $2 AND part = $3',
        [importId, file, parts.length],
      );
      if (!row) return Buffer.concat(parts);
      parts.push(this.sealer.openBytes(row.bytes, contextOf(importId, file, parts.length)));
    }
  }

  /** Marks an open import as begun. Null when it is closed, overdue or not this tenant's. */
  async pickUp(tenantId: string, id: string): Promise<ImportRow | null> {
    const [row] = await this.database.query<ImportRow>(
      `UPDATE imports SET started_at = clock_timestamp()
       WHERE id = $2 AND tenant_id = $1 AND status = 'open' AND deadline_at > clock_timestamp() RETURNING ${COLUMNS}`,
      [tenantId, id],
    );
    return row ?? null;
  }

  /** Those of `ids` that are open, as of now on the database's clock. */
  open(tx: Tx, ids: readonly string[]): Promise<(ImportRow & { now: Date })[]> {
    return tx.query(
      `SELECT ${COLUMNS}, clock_timestamp() AS now FROM imports WHERE id = ANY ($1) AND status = 'open'`,
      [ids],
    );
  }

  /** Answers whether this call closed it; the bytes go with it. */
  async close(tx: Tx, closing: Closing): Promise<boolean> {
    const closed = await close(tx, kindNamed('import'), PARTS, [closing]);
    return closed.length > 0;
  }

  async keepOutcome(tx: Tx, tenantId: string, id: string, outcome: ImportOutcome): Promise<void> {
    await tx.query('UPDATE imports SET outcome = $3 WHERE id = $2 AND tenant_id = $1', [
      tenantId,
      id,
      JSON.stringify(outcome),
    ]);
  }

  /** Marks it as undone, once; answers whether this call did. */
  async undo(tx: Tx, tenantId: string, id: string): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE imports SET undone_at = clock_timestamp()
       WHERE id = $2 AND tenant_id = $1 AND status = 'completed' AND undone_at IS NULL RETURNING id`,
      [tenantId, id],
    );
    return rows.length > 0;
  }
}

const PARTS = {
  columns: { outcome: 'jsonb' },
  also: 'DELETE FROM import_chunks k USING closed c WHERE k.import_id = c.id',
};

const contextOf = (importId: string, file: number, part: number): string => `import ${importId} ${file} ${part}`;
