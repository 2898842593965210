import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { newId } from '../../../common/ids.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { PublicUrls } from '../../../platform/outgoing/public-url.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { DeliveriesRepository } from '../deliveries/deliveries.repository.js';
import type {
  CreateEndpoint,
  CreatedEndpoint,
  EndpointList,
  EndpointResource,
  ListEndpoints,
  RotatedSecret,
  RotateSecret,
  SecretResource,
  UpdateEndpoint,
} from '../notifications.dto.js';
import { newSecret, publicKeyOf } from '../deciding/signature.js';
import { mayBeTold } from '../deciding/may-be-told.js';
import { EndpointsRepository, type EndpointRow } from './endpoints.repository.js';
import { SecretsService } from './secrets.service.js';

/** Every event is written once for each of a tenant's endpoints, so their number is bounded. */
export const MAX_ENDPOINTS = 50;

/**
 * A tenant's standing webhook endpoints and their secrets. A URL is judged when it is given and again at every attempt; a change
 * holds from the next attempt on, and what a disabled or deleted endpoint was still owed stops at once.
 */
@Injectable()
export class EndpointsService {
  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly secrets: SecretsService,
    private readonly urls: PublicUrls,
    private readonly database: Database,
  ) {}

  async create(tenant: TenantContext, body: CreateEndpoint): Promise<CreatedEndpoint> {
    const { tenantId } = tenant;
    mayBeTold(tenant, body.events);
    const url = await this.urls.check(body.url, '/url');
    const { secret = newSecret(body.signature), ...settings } = body;
    const id = newId('ep');
    const row = await this.database.tenant(tenantId, async (tx) => {
      await this.endpoints.lockTenant(tx, tenantId);
      if ((await this.endpoints.count(tx, tenantId)) >= MAX_ENDPOINTS) {
        throw new AppError('endpoint_limit_reached', `tenant ${tenantId} has ${MAX_ENDPOINTS} endpoints`);
      }
      return this.endpoints.insert(tx, tenantId, {
        id,
        ...settings,
        url,
        secretSealed: this.secrets.sealFor(id, secret),
      });
    });
    return { ...endpointResource(row), ...verifying(secret) };
  }

  async list(tenantId: string, query: ListEndpoints): Promise<EndpointList> {
    const { cursor = null, limit } = query;
    const rows = await this.database.tenantOne(tenantId, (tx) => this.endpoints.list(tx, tenantId, cursor, limit + 1));
    const data = rows.slice(0, limit).map(endpointResource);
    return { data, nextCursor: rows.length > limit ? data.at(-1)!.id : null };
  }

  get(tenantId: string, id: string): Promise<EndpointResource> {
    return this.changing(tenantId, id, (tx) => this.endpoints.find(tx, tenantId, id));
  }

  async update(tenant: TenantContext, id: string, changes: UpdateEndpoint): Promise<EndpointResource> {
    const { tenantId } = tenant;
    const url = changes.url === undefined ? undefined : await this.urls.check(changes.url, '/url');
    const checked = url === undefined ? changes : { ...changes, url };
    return this.changing(tenantId, id, async (tx) => {
      const before = await this.endpoints.find(tx, tenantId, id);
      if (!before) return null;
      const { events = before.events } = changes;
      if (changes.url !== undefined || changes.events !== undefined) mayBeTold(tenant, events);
      return this.endpoints.update(tx, tenantId, id, checked);
    });
  }

  enable(tenantId: string, id: string): Promise<EndpointResource> {
    return this.changing(tenantId, id, (tx) => this.endpoints.enable(tx, tenantId, id));
  }

  disable(tenantId: string, id: string): Promise<EndpointResource> {
    return this.changing(tenantId, id, async (tx) => {
      if (!(await this.endpoints.find(tx, tenantId, id))) return null;
      const disabled = await this.endpoints.disable(tx, tenantId, id, 'requested');
      await this.deliveries.stopPending(tx, tenantId, id);
      return disabled;
    });
  }

  async remove(tenantId: string, id: string): Promise<void> {
    await this.database.tenant(tenantId, async (tx) => {
      if (!(await this.endpoints.remove(tx, tenantId, id))) throw notFound(tenantId, id);
      await this.deliveries.stopPending(tx, tenantId, id);
    });
  }

  async rotateSecret(tenantId: string, id: string, body: RotateSecret): Promise<RotatedSecret> {
    return this.database.tenant(tenantId, async (tx) => {
      const endpoint = await this.endpoints.find(tx, tenantId, id);
      if (endpoint?.signature === 'v1a' && body.secret !== undefined)
        throw new AppError('request_invalid', 'a secret for an endpoint of v1a', {
          errors: [{ pointer: '/secret', detail: 'the key of a v1a endpoint is made here; send no secret' }],
        });
      const { secret = newSecret(endpoint?.signature), overlapHours } = body;
      const sealed = this.secrets.sealFor(id, secret);
      const rotated = await this.endpoints.rotateSecret(tx, tenantId, id, sealed, overlapHours);
      if (!rotated) throw notFound(tenantId, id);
      return { ...verifying(secret), previousSecretsUntil: rotated.previousSecretsUntil.toISOString() };
    });
  }

  async tenantSecret(tenantId: string): Promise<SecretResource> {
    return { secret: await this.secrets.ofTenant(tenantId) };
  }

  private async changing(
    tenantId: string,
    id: string,
    work: (tx: Tx) => Promise<EndpointRow | null>,
  ): Promise<EndpointResource> {
    const row = await this.database.tenant(tenantId, work);
    if (!row) throw notFound(tenantId, id);
    return endpointResource(row);
  }
}

/** What its owner verifies with; a private key is no part of it. */
function verifying(secret: string): { secret: string | null; publicKey: string | null } {
  const publicKey = publicKeyOf(secret);
  return { secret: publicKey === null ? secret : null, publicKey };
}

function notFound(tenantId: string, id: string): AppError {
  return new AppError('endpoint_not_found', `endpoint ${id}, tenant ${tenantId}`);
}

function endpointResource(row: EndpointRow): EndpointResource {
  const { id, url, events, description, metadata, ordered, maxPerSecond, signature, enabled, disabledReason } = row;
  return {
    id,
    url,
    events,
    description,
    metadata,
    ordered,
    maxPerSecond,
    signature,
    enabled,
    disabledReason,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    failingSince: row.failingSince?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
