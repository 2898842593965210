import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Scope } from './scopes.js';

export interface ApiKeyRow {
  id: string;
  tenantId: string;
  name: string;
  secretHash: Buffer;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

export type ListedKey = ApiKeyRow & { tenantName: string };

export interface KeysWanted {
  limit: number | null;
  cursor: string | null;
  tenantId: string | null;
}

const COLUMNS = `id, tenant_id AS "tenantId", name, secret_hash AS "secretHash", scopes, created_at AS "createdAt",
  expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;

/** Keys are looked up before the tenant is known, so this repository works with the background role. */
@Injectable()
export class TenantsRepository {
  constructor(private readonly database: Database) {}

  /** The key if it may be used now (by the database's clock). */
  async findUsableKey(id: string): Promise<ApiKeyRow | null> {
    const rows = await this.database.query<ApiKeyRow>(
      `SELECT ${COLUMNS} FROM api_keys
       WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** Those of `ids` that may be used now. */
  async usableAmong(ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM api_keys
       WHERE id = ANY($1) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
      [[...ids]],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Recorded at most once a minute for each key, so that looking up does not write. */
  async touchKey(id: string): Promise<void> {
    await this.database.query(
      `UPDATE api_keys SET last_used_at = now()
       WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
      [id],
    );
  }

  async insertKey(key: {
    id: string;
    tenantId: string;
    name: string;
    secretHash: Buffer;
    scopes: readonly Scope[];
    expiresInDays: number | null;
  }): Promise<void> {
    await this.database.query(
      `INSERT INTO api_keys (id, tenant_id, name, secret_hash, scopes, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6::int))
       ON CONFLICT (id) DO UPDATE SET secret_hash = excluded.secret_hash, revoked_at = NULL WHERE api_keys.tenant_id = excluded.tenant_id`,
      [key.id, key.tenantId, key.name, key.secretHash, [...key.scopes], key.expiresInDays],
    );
  }

  async ensureTenant(id: string, name: string): Promise<void> {
    await this.database.query('INSERT INTO tenants (id, name) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [id, name]);
  }

  async hasTenant(id: string): Promise<boolean> {
    return (await this.database.query('SELECT FROM tenants WHERE id = $1', [id])).length > 0;
  }

  /** Newest first; `cursor` is the last of those before. */
  listKeys({ limit, cursor, tenantId }: KeysWanted): Promise<ListedKey[]> {
    return this.database.query<ListedKey>(
      `SELECT keys.*, tenants.name AS "tenantName" FROM (
         SELECT ${COLUMNS} FROM api_keys WHERE ($1::text IS NULL OR tenant_id = $1)
           AND ($2::text IS NULL OR (created_at, id) < (SELECT created_at, id FROM api_keys WHERE id = $2))
         ORDER BY created_at DESC, id DESC LIMIT $3) keys
       JOIN tenants ON tenants.id = keys."tenantId" ORDER BY keys."createdAt" DESC, keys.id DESC`,
      [tenantId, cursor, limit],
    );
  }

  /** True when a key was revoked by this call. */
  async revokeKey(id: string): Promise<boolean> {
    const rows = await this.database.query(
      'UPDATE api_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING id',
      [id],
    );
    return rows.length > 0;
  }
}
