import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { Config } from '../../../config.js';
import { QuotesService } from '../../providers/quotes.service.js';
import { Dependencies, DEPENDENCIES } from './dependencies.js';
import type { DetailedHealth } from './health.dto.js';

/** All that a monitor wants to see at once. */
@Injectable()
export class HealthService {
  constructor(
    private readonly dependencies: Dependencies,
    private readonly quotes: QuotesService,
    private readonly config: Config,
  ) {}

  async detailed(): Promise<DetailedHealth> {
    const [checks, sources] = await Promise.all([this.dependencies.check(), this.sources()]);
    const dependencies = DEPENDENCIES.map((name) => {
      const { ok, ms, lastGoodAt, ...detail } = checks[name];
      const lastGoodAgeSeconds = lastGoodAt && Math.round((Date.now() - lastGoodAt.getTime()) / 100) / 10;
      return { name, state: ok ? ('up' as const) : ('down' as const), latencyMs: ms, lastGoodAgeSeconds, ...detail };
    });
    const up = dependencies.filter(({ state }) => state === 'up').length;
    const isWell = up === dependencies.length && sources.every(({ state }) => state === 'up' || state === 'off');
    // Loops and clock are this process's own: while a store is away they alone do no work.
    const works = dependencies.some(({ name, state }) => state === 'up' && name !== 'loops' && name !== 'clock');
    return {
      status: isWell ? 'healthy' : works ? 'degraded' : 'unhealthy',
      service: 'loopgpt-commerce',
      environment: this.config.values.LOOPGPT_ENV,
      uptimeSeconds: Math.round(process.uptime()),
      checkedAt: new Date(databaseNow()).toISOString(),
      dependencies,
      providers: sources,
    };
  }

  private async sources(): Promise<DetailedHealth['providers']> {
    // What all processes know of them is in a store, which may be the one that is away.
    const standing = await this.quotes.cards().catch(() => this.quotes.states());
    return standing.map(({ id, state, healthy, simulated, lastHeard }) => ({
      id,
      state: state === 'connected' ? (healthy ? 'up' : 'degraded') : 'off',
      simulated,
      latencyMs: lastHeard?.latencyMs ?? null,
      lastAnswerAgeSeconds: lastHeard && Math.round(lastHeard.agoMs / 100) / 10,
    }));
  }
}
