import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { SwitchesService } from '../../switches/switches.service.js';
import { TenantsService } from '../../tenants/tenants.service.js';
import type { CreateKey, KeyList, ListKeys, MadeKey } from './api-keys.dto.js';

/** Keys of every tenant: shown without what they are, made and revoked. Either is an act on record that names the key and never holds it. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly tenants: TenantsService,
    private readonly switches: SwitchesService,
  ) {}

  async list({ limit, cursor, tenantId }: ListKeys): Promise<KeyList> {
    const rows = await this.tenants.listKeys({ limit: limit + 1, cursor: cursor ?? null, tenantId: tenantId ?? null });
    const data = rows.slice(0, limit).map(({ id, name, scopes, createdAt, ...row }) => ({
      id,
      tenantId: row.tenantId,
      tenantName: row.tenantName,
      name,
      scopes,
      createdAt: createdAt.toISOString(),
      expiresAt: row.expiresAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    }));
    return { data, nextCursor: rows.length > limit ? data.at(-1)!.id : null };
  }

  /** Throws `tenant_not_found`. */
  async create(actor: string, { why, tenantId, tenantName, ...wish }: CreateKey): Promise<MadeKey> {
    if (tenantId !== undefined && !(await this.tenants.hasTenant(tenantId))) {
      throw new AppError('tenant_not_found', `tenant ${tenantId}`);
    }
    const whose = tenantId === undefined ? { tenantName: tenantName! } : { tenantId, tenantName: tenantId };
    const made = await this.tenants.createKey({ ...whose, ...wish });
    await this.switches.note(actor, why, `key ${made.id} of ${made.tenantId} made: ${wish.scopes.join(' ')}`);
    return made;
  }

  /** It stops working everywhere within 3 s. Throws `api_key_not_found`. */
  async revoke(actor: string, id: string, why: string): Promise<void> {
    if (!(await this.tenants.revokeKey(id))) throw new AppError('api_key_not_found', `key ${id.slice(0, 40)}`);
    await this.switches.note(actor, why, `key ${id} revoked`);
  }
}
