import { Injectable } from '@nestjs/common';
import { Sealer } from '../../../platform/crypto/sealed.js';
import { TenantSecrets } from '../../tenants/tenant-secrets.service.js';
import type { Claim } from '../deliveries/deliveries.repository.js';
import { newSecret } from '../deciding/signature.js';

/**
 * Webhook secrets between the wire and the table: opened only to sign or to be shown to their owner, and bound to the row they belong
 * to. A per-request webhook without a secret of its own is signed with the tenant's, which comes into being when first needed.
 */
@Injectable()
export class SecretsService {
  constructor(
    private readonly sealer: Sealer,
    private readonly tenants: TenantSecrets,
  ) {}

  sealFor(endpointId: string, secret: string): Buffer {
    return this.sealer.seal(secret, endpointContext(endpointId));
  }

  /** The tenant's own secret, as its owner asks for it. */
  async ofTenant(tenantId: string): Promise<string> {
    const fresh = this.sealer.seal(newSecret(), tenantContext(tenantId));
    const sealed = await this.tenants.webhooks(tenantId, fresh);
    return this.sealer.open(sealed, tenantContext(tenantId));
  }

  /** All secrets that sign an attempt, the present one first. Throws SealError when one cannot be opened. */
  async signing(claim: Claim): Promise<string[]> {
    const { secretSealed, previousSealed, tenantSecretSealed, tenantId } = claim;
    if (secretSealed === null) {
      if (tenantSecretSealed === null) return [await this.ofTenant(tenantId)];
      return [this.sealer.open(tenantSecretSealed, tenantContext(tenantId))];
    }
    // A request's own secret was sealed before anything had an id to bind it to.
    const context = claim.perRequest ? '' : endpointContext(claim.endpointId);
    const previous = previousSealed.map((hex) => Buffer.from(hex, 'hex'));
    return [secretSealed, ...previous].map((sealed) => this.sealer.open(sealed, context));
  }
}

function endpointContext(endpointId: string): string {
  return `webhook_endpoints/${endpointId}`;
}

function tenantContext(tenantId: string): string {
  return `tenants/${tenantId}`;
}
