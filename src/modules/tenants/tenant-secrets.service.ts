import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';

/** Sealed, or null while the tenant has none, for a statement that reads more; `tenantId` is a column of it. */
export const webhookSecretOf = (tenantId: string): string =>
  `(SELECT webhook_secret_sealed FROM tenants WHERE id = ${tenantId})`;

/** What is sealed with a tenant. */
@Injectable()
export class TenantSecrets {
  constructor(private readonly database: Database) {}

  /** That which signs the tenant's webhooks: `fresh` becomes it unless there is one already. */
  async webhooks(tenantId: string, fresh: Buffer): Promise<Buffer> {
    return this.database.tenant(tenantId, async (tx) => {
      await tx.query('UPDATE tenants SET webhook_secret_sealed = $2 WHERE id = $1 AND webhook_secret_sealed IS NULL', [
        tenantId,
        fresh,
      ]);
      const [row] = await tx.query<{ sealed: Buffer }>(
        'SELECT webhook_secret_sealed AS sealed FROM tenants WHERE id = $1',
        [tenantId],
      );
      return row!.sealed;
    });
  }
}
