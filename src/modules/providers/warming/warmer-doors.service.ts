import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { Config } from '../../../config.js';
import { SwitchesService } from '../../switches/switches.service.js';
import type { WarmerDone, WarmerHealth, WarmerSchedule, WarmerStatus } from './warmer-doors.dto.js';
import { WarmingCounts } from './warming-counts.js';
import { WarmingService, type Round } from './warming.service.js';

const SERVICE = 'warmer';

/** What callers of the former cache warmer ask of ours. What changes all processes is an act of an operator, on record as any other. */
@Injectable()
export class WarmerDoorsService {
  constructor(
    private readonly warming: WarmingService,
    private readonly counts: WarmingCounts,
    private readonly switches: SwitchesService,
    private readonly config: Config,
  ) {}

  health(): WarmerHealth {
    const cache = this.config.values.REDIS_URL ? 'redis' : 'postgresql';
    return { service: SERVICE, status: 'healthy', cache, warming: this.warming.isOn };
  }

  async warm(): Promise<WarmerDone> {
    return done(await this.warming.round());
  }

  async status(): Promise<WarmerStatus> {
    const counts = await this.counts.read();
    const looked = counts.hits + counts.misses;
    const hitRatePercent = looked === 0 ? null : Math.round((1000 * counts.hits) / looked) / 10;
    return {
      service: SERVICE,
      warming: this.warming.isOn,
      intervalSeconds: this.warming.everyMs / 1000,
      hitRatePercent,
      ...counts,
    };
  }

  /** Throws `version_conflict` when settings are changed by somebody else just now, as the next does. */
  async clear(keyId: string): Promise<WarmerDone> {
    const { version, inForce } = await this.switches.shown();
    const next = Number(inForce.LOOPGPT_QUOTE_CACHE_EPOCH ?? 0) + 1;
    await this.switches.change(keyId, 'POST /clear', { LOOPGPT_QUOTE_CACHE_EPOCH: String(next) }, version);
    return done({ warmed: 0, left: 0 });
  }

  async schedule(keyId: string, seconds: number): Promise<WarmerSchedule> {
    const { version } = await this.switches.shown();
    const changes = { LOOPGPT_CACHE_WARMING_SECONDS: String(seconds) };
    await this.switches.change(keyId, 'POST /schedule', changes, version);
    return { service: SERVICE, success: true, intervalSeconds: seconds };
  }
}

const done = (round: Round): WarmerDone => ({
  service: SERVICE,
  success: true,
  category: 'quotes',
  ...round,
  timestamp: new Date(databaseNow()).toISOString(),
});
