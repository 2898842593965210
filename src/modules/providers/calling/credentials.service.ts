import { Injectable } from '@nestjs/common';
import type { InForce } from '../../../config.js';
import { CARDS } from '../cards.js';
import type { SourceId } from '../provider.js';
import { Connections } from './connections.js';
import { ProviderHealth } from './provider-health.js';

export interface CredentialUse {
  sourceId: SourceId;
  /** The variables that it is made of. */
  variables: string[];
  isSet: boolean;
  /** Ms since 1970. */
  lastUsedMs: number | null;
  expiresMs: number | null;
  /** Null where the provider has answered to them since, or never refused them. */
  lastRefusedMs: number | null;
  /** Of those before, which are kept while they are rotated; null where none are. */
  previousLastUsedMs: number | null;
}

/** Which credentials there are and when they were used, also those before while they are rotated. No value leaves here. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly connections: Connections,
    private readonly health: ProviderHealth,
  ) {}

  /** Of every source that has any. */
  async list(values: InForce): Promise<CredentialUse[]> {
    return Promise.all(
      CARDS.filter(({ credentials }) => credentials.length > 0).map(async ({ id, prefix, credentials }) => {
        const now = this.connections.real(id, values);
        const day = values[`LOOPGPT_${prefix}_CREDENTIALS_EXPIRE`];
        return {
          sourceId: id,
          variables: credentials.map(({ variable }) => variable),
          isSet: now.connection.state === 'connected',
          lastUsedMs: await this.health.lastUsed(now),
          expiresMs: day ? Date.parse(day) : null,
          lastRefusedMs: await this.health.lastRefused(now),
          previousLastUsedMs: now.previous && (await this.health.lastUsed(now.previous)),
        };
      }),
    );
  }
}
