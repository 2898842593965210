import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import type { Probed } from '../provider.js';
import { providersMetrics } from '../providers.metrics.js';
import type { Connected } from './connections.js';
import { ProviderHealth } from './provider-health.js';

/**
 * Two credentials at once: while one is rotated the one before is asked with wherever the provider refuses the new one, and for half a
 * minute after. It may not know it everywhere yet, or not as what it was meant to be.
 */
@Injectable()
export class Rotation {
  constructor(
    private readonly health: ProviderHealth,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
  ) {}

  /** What `ask` came to, and with which of the two. Both refused: as if there was only the present one. */
  async asked<Result extends Probed>(
    connected: Connected,
    ask: (using: Connected) => Promise<Result>,
  ): Promise<{ result: Result; using: Connected }> {
    const { id, previous } = connected;
    if (!previous || this.health.isRefusedLately(previous)) return { result: await ask(connected), using: connected };
    if (!this.health.isRefusedLately(connected)) {
      const result = await ask(connected);
      if (result.ok || result.failure.reason !== 'unauthorized') return { result, using: connected };
      await this.health.seen(connected, result);
      this.metrics.of(providersMetrics).unauthorized.inc({ provider: id });
      const { detail } = result.failure;
      this.log.warn({ event: 'provider_credentials_refused', provider_id: id, detail }, 'provider_credentials_refused');
    }
    this.metrics.of(providersMetrics).previousCredentials.inc({ provider: id });
    return { result: await ask(previous), using: previous };
  }
}
