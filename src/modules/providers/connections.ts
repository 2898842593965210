import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { SwitchesService } from '../switches/switches.service.js';
import type { CallLimits } from './call-budgets.js';
import type { SourceId } from './provider.js';
import { SOURCES } from './registry.js';
import { callLimitsOf, connectionOf, type Connection } from './settings.js';

export interface Connected {
  id: SourceId;
  connection: Connection;
  /** By what a call counts against; what is not in it is not limited, and not counted. */
  limits: ReadonlyMap<string, CallLimits>;
  /** Of host and credentials, so that what was learnt under others is not held against these. Reveals neither. */
  fingerprint: string;
}

/** How each provider is reached under the configuration in force, worked out once for each configuration. */
@Injectable()
export class Connections {
  private readonly under = new WeakMap<Config['values'], ReadonlyMap<SourceId, Connected>>();

  constructor(
    private readonly config: Config,
    private readonly switches: SwitchesService,
  ) {}

  of(id: SourceId): Connected {
    return this.underValues(this.switches.values).get(id)!;
  }

  /** If `values` were in force. */
  underValues(values: Config['values']): ReadonlyMap<SourceId, Connected> {
    const known = this.under.get(values);
    if (known) return known;
    const inForce = { values, production: this.config.production };
    const connected = new Map(
      SOURCES.map(({ id }) => {
        const connection = connectionOf(id, inForce);
        return [
          id,
          { id, connection, limits: callLimitsOf(id, connection, inForce), fingerprint: printOf(connection) },
        ];
      }),
    );
    this.under.set(values, connected);
    return connected;
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
