import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { QuotesService } from '../../providers/quotes.service.js';
import { Public } from '../../tenants/tenant.decorator.js';
import { Dependencies, DEPENDENCIES, type Check, type Dependency } from './dependencies.js';
import { HealthService } from './health.service.js';
import { DetailedHealth, Live, Ready } from './health.dto.js';

/** Live: the loop turns. Ready: each dependency answers and takes writes, what runs by itself does, and the clock is not far off; degraded when providers are simulated in production or none that quotes can be asked. */
@ApiTags('operations')
@Controller('health')
@Public()
export class HealthController {
  constructor(
    private readonly dependencies: Dependencies,
    private readonly health: HealthService,
    private readonly quotes: QuotesService,
  ) {}

  @Get('live')
  @Named('live', 'Whether this process turns')
  @Answers({ 200: Live }, [429])
  live(): Live {
    return { status: 'live' };
  }

  @Get('ready')
  @Named('ready', 'Whether this process can do its work, each dependency by name')
  @Answers({ 200: Ready, 503: Ready }, [429])
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Ready> {
    const checks = await this.dependencies.check();
    const status = this.statusOf(checks);
    if (status === 'unready') reply.status(503);
    const told = DEPENDENCIES.map((name) => {
      const { lastGoodAt: _, ...check } = checks[name];
      return [name, check];
    });
    return { status, checks: Object.fromEntries(told) };
  }

  @Get('detailed')
  @Named('detailedHealth', 'Each dependency and provider: its state, how long it took, and when it was last found well')
  @Answers({ 200: DetailedHealth, 503: DetailedHealth }, [429])
  async detailed(@Res({ passthrough: true }) reply: FastifyReply): Promise<DetailedHealth> {
    const detailed = await this.health.detailed();
    if (detailed.status === 'unhealthy') reply.status(503);
    return detailed;
  }

  private statusOf(checks: Record<Dependency, Check>): Ready['status'] {
    const needed = ['database', 'bus', 'queues', 'loops', 'clock'] as const;
    if (needed.some((name) => !checks[name].ok)) return 'unready';
    return checks.providers.ok && !this.quotes.simulatedInProduction() ? 'ready' : 'degraded';
  }
}
