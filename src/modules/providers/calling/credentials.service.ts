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
  /** Of those that were in force before, where they were others; null where they are the same. */
  previousLastUsedMs: number | null;
}

/** Which credentials there are and when they were used, also those just before a rotation: while it goes on, both are. No value leaves here. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly connections: Connections,
    private readonly health: ProviderHealth,
  ) {}

  /** Of every source that has any; `before` is what was in force before they were last changed. */
  async list(values: InForce, before: InForce | null): Promise<CredentialUse[]> {
    return Promise.all(
      CARDS.filter(({ credentials }) => credentials.length > 0).map(async ({ id, prefix, credentials }) => {
        const now = this.connections.real(id, values);
        const then = before && this.connections.real(id, before);
        const isOther = then?.connection.state === 'connected' && then.fingerprint !== now.fingerprint;
        const day = values[`LOOPGPT_${prefix}_CREDENTIALS_EXPIRE`];
        return {
          sourceId: id,
          variables: credentials.map(({ variable }) => variable),
          isSet: now.connection.state === 'connected',
          lastUsedMs: await this.health.lastUsed(now),
          expiresMs: day ? Date.parse(day) : null,
          previousLastUsedMs: isOther ? await this.health.lastUsed(then) : null,
        };
      }),
    );
  }
}
