import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Scope } from '../scopes.js';

export interface SessionRow {
  id: string;
  tenantId: string;
  tenantName: string;
  keyId: string;
  /** Of its key, as they are now. */
  scopes: Scope[];
  endsAt: Date;
}

/** A session is looked up before the tenant is known, so this repository works with the background role. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  /** Answers when it ends at the latest, which is never after its key, and whose it is. */
  async insert(session: {
    id: string;
    tenantId: string;
    keyId: string;
    hours: number;
  }): Promise<Pick<SessionRow, 'endsAt' | 'tenantName'>> {
    const rows = await this.database.query<Pick<SessionRow, 'endsAt' | 'tenantName'>>(
      `INSERT INTO sessions (id, tenant_id, key_id, ends_at)
       SELECT $1, tenant_id, id, LEAST(now() + make_interval(hours => $4::int), expires_at)
       FROM api_keys WHERE id = $3 AND tenant_id = $2
       RETURNING ends_at AS "endsAt", (SELECT name FROM tenants WHERE id = tenant_id) AS "tenantName"`,
      [session.id, session.tenantId, session.keyId, session.hours],
    );
    return rows[0]!;
  }

  /** The session if it and its key may be used now (by the database's clock). */
  async findUsable(id: string): Promise<SessionRow | null> {
    const rows = await this.database.query<SessionRow>(
      `SELECT s.id, s.tenant_id AS "tenantId", t.name AS "tenantName", s.key_id AS "keyId", k.scopes, s.ends_at AS "endsAt"
       FROM sessions s JOIN api_keys k ON k.id = s.key_id AND k.tenant_id = s.tenant_id
       JOIN tenants t ON t.id = s.tenant_id
       WHERE s.id = $1 AND s.ended_at IS NULL AND s.ends_at > now()
         AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** Those of `ids` that may be used now. */
  async usableAmong(ids: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT s.id FROM sessions s JOIN api_keys k ON k.id = s.key_id
       WHERE s.id = ANY($1) AND s.ended_at IS NULL AND s.ends_at > now()
         AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`,
      [[...ids]],
    );
    return rows.map(({ id }) => id);
  }

  async end(id: string): Promise<void> {
    await this.database.query('UPDATE sessions SET ended_at = now() WHERE id = $1 AND ended_at IS NULL', [id]);
  }
}
