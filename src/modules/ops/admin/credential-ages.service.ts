import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { Config } from '../../../config.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { CredentialsService } from '../../providers/calling/credentials.service.js';
import { SwitchesService } from '../../switches/switches.service.js';
import { providersMetrics } from '../../providers/providers.metrics.js';
import type { CredentialList } from './credentials.dto.js';

const DAY_MS = 24 * 3_600_000;
const ACTS = 200;

/** How old credentials are, by the acts that set them, and how they are used. */
@Injectable()
export class CredentialAges {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly switches: SwitchesService,
    metrics: Metrics,
    config: Config,
  ) {
    const { credentialsSet, credentialsUsed } = metrics.of(providersMetrics);
    if (config.roles.has('aggregator'))
      metrics.sound({
        gauges: [credentialsSet, credentialsUsed],
        measure: async () => {
          for (const { sourceId: provider, setAt, lastUsedAt } of (await this.list()).data) {
            if (setAt !== null) credentialsSet.set({ provider }, Date.parse(setAt) / 1000);
            if (lastUsedAt !== null) credentialsUsed.set({ provider }, Date.parse(lastUsedAt) / 1000);
          }
        },
      });
  }

  async list(): Promise<CredentialList> {
    const setAt = await this.changes();
    const now = databaseNow();
    const days = (ms: number) => Math.round((ms / DAY_MS) * 10) / 10;
    const moment = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
    const used = await this.credentials.list(this.switches.values);
    return {
      data: used.map(({ sourceId, variables, isSet, lastUsedMs, lastRefusedMs, expiresMs, previousLastUsedMs }) => {
        const set = variables.flatMap((name) => setAt.get(name) ?? []);
        const isSwitch = variables.some((name) => this.switches.values.set?.has(name));
        const setMs = isSwitch && set.length > 0 ? Math.max(...set) : null;
        return {
          sourceId,
          variables,
          state: !isSet ? 'missing' : isSwitch ? 'switch' : 'environment',
          setAt: moment(setMs),
          ageDays: setMs === null ? null : days(now - setMs),
          expiresAt: moment(expiresMs),
          expiresInDays: expiresMs === null ? null : days(expiresMs - now),
          lastUsedAt: moment(lastUsedMs),
          lastRefusedAt: moment(lastRefusedMs),
          previousLastUsedAt: moment(previousLastUsedMs),
        };
      }),
    };
  }

  /** When each secret was last changed. */
  private async changes(): Promise<Map<string, number>> {
    const setAt = new Map<string, number>();
    for (const { at, names } of await this.switches.secretActs(ACTS))
      for (const name of names) setAt.set(name, setAt.get(name) ?? at.getTime());
    return setAt;
  }
}
