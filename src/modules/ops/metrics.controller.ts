import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors.js';
import { Config } from '../../config.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { Queues } from '../../queues/queues.js';
import { TenantsService } from '../tenants/tenants.service.js';
import { Public } from '../tenants/tenant.decorator.js';

/** Prometheus text. Open by default; with LOOPGPT_METRICS_PUBLIC=false it needs a key with the scope admin. */
@ApiExcludeController()
@Controller('metrics')
@Public()
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly queues: Queues,
    private readonly tenants: TenantsService,
    private readonly config: Config,
  ) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async text(@Req() request: FastifyRequest): Promise<string> {
    if (!this.config.values.LOOPGPT_METRICS_PUBLIC) {
      const key = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      const asking = await this.tenants.authenticate(key);
      if (!asking.scopes.includes('admin')) throw new AppError('scope_missing', 'metrics need admin');
    }
    await Promise.all(this.queues.all().map(([name, queue]) => this.measure(name, queue)));
    return this.metrics.registry.metrics();
  }

  private async measure(name: string, queue: ReturnType<Queues['all']>[number][1]): Promise<void> {
    const [oldest] = await queue.getWaiting(0, 0);
    this.metrics.queueOldestSeconds.set(
      { queue: name },
      oldest ? Math.max(0, (Date.now() - oldest.timestamp) / 1000) : 0,
    );
  }
}
