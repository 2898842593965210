import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config, type InForce } from '../../../config.js';
import { InForceService } from '../../switches/in-force.service.js';
import { CARDS, type SourceId } from '../cards.js';
import type { CallLimits } from './call-budgets.js';
import { callLimitsOf, connectionOf, previousConnectionOf, realConnectionOf, type Connection } from './settings.js';

export interface Connected {
  id: SourceId;
  connection: Connection;
  /** By what a call counts against; what is not in it is not limited, and not counted. */
  limits: ReadonlyMap<string, CallLimits>;
  /** Of host and credentials, so that what was learnt under others is not held against these. Reveals neither. */
  fingerprint: string;
  /** The same with the credentials before, while they are rotated. */
  previous: Connected | null;
}

/** How each provider is reached under the configuration in force, worked out once for each configuration. */
@Injectable()
export class Connections {
  private readonly under = new WeakMap<Config['values'], ReadonlyMap<SourceId, Connected>>();

  constructor(
    private readonly config: Config,
    private readonly inForce: InForceService,
  ) {}

  of(id: SourceId): Connected {
    return this.underValues(this.inForce.values).get(id)!;
  }

  /** The provider's own host with its credentials, whether it is asked now or not. */
  real(id: SourceId, values: InForce): Connected {
    return this.connected(id, { values, production: this.config.production }, realConnectionOf);
  }

  /** If `values` were in force. */
  underValues(values: InForce): ReadonlyMap<SourceId, Connected> {
    const known = this.under.get(values);
    if (known) return known;
    const inForce = { values, production: this.config.production };
    const connected = new Map(CARDS.map(({ id }) => [id, this.connected(id, inForce, connectionOf)]));
    this.under.set(values, connected);
    return connected;
  }

  private connected(id: SourceId, inForce: Pick<Config, 'values' | 'production'>, of: typeof connectionOf): Connected {
    const connection = of(id, inForce);
    const before = previousConnectionOf(id, connection, inForce);
    const now = this.reached(id, connection, inForce);
    const previous = before && this.reached(id, before, inForce);
    return previous && previous.fingerprint !== now.fingerprint ? { ...now, previous } : now;
  }

  private reached(id: SourceId, connection: Connection, inForce: Pick<Config, 'values' | 'production'>): Connected {
    const limits = callLimitsOf(id, connection, inForce);
    return { id, connection, limits, fingerprint: printOf(connection), previous: null };
  }
}

function printOf(connection: Connection): string {
  if (connection.state !== 'connected') return connection.state;
  const { baseUrl, credentials } = connection.settings;
  return createHash('sha256')
    .update(JSON.stringify([baseUrl, credentials]))
    .digest('base64url')
    .slice(0, 22);
}
