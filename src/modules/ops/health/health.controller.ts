import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Clock } from '../../../clock/clock.js';
import { EventBus } from '../../../events/bus/event-bus.js';
import { DatabaseClock } from '../../../platform/database/database-clock.js';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { Queues } from '../../../queues/queues.js';
import { QuotesService } from '../../providers/quotes.service.js';
import { Public } from '../../tenants/tenant.decorator.js';
import { WriteProbe } from './write-probe.js';

const CHECK_MS = 2000;

const Live = z.object({ status: z.literal('live') }).meta({ id: 'Live' });
const Ready = z
  .object({
    status: z.enum(['ready', 'degraded', 'unready']),
    checks: z.record(z.string(), z.object({ ok: z.boolean(), ms: z.number(), detail: z.string().optional() })),
  })
  .meta({ id: 'Ready' });
type Ready = z.infer<typeof Ready>;

/** Live: the loop turns. Ready: each dependency answers and takes writes, what runs by itself does, and the clock is not far off; degraded when providers are simulated in production or none that quotes can be asked. */
@ApiTags('operations')
@Controller()
@Public()
export class HealthController {
  constructor(
    private readonly writes: WriteProbe,
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly queues: Queues,
    private readonly quotes: QuotesService,
    private readonly time: DatabaseClock,
  ) {}

  @Get('health/live')
  @Named('live', 'Whether this process turns')
  @Answers({ 200: Live }, [429])
  live(): z.infer<typeof Live> {
    return { status: 'live' };
  }

  @Get('health/ready')
  @Named('ready', 'Whether this process can do its work, each dependency by name')
  @Answers({ 200: Ready, 503: Ready }, [429])
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Ready> {
    const signal = AbortSignal.timeout(CHECK_MS);
    const checks: Ready['checks'] = Object.fromEntries(
      await Promise.all([
        check('database', () => this.writes.ofDatabase(signal)),
        check('bus', () => this.bus.check()),
        check('queues', async () => {
          await Promise.all(this.queues.all().map(([, queue]) => queue.getJobCounts('waiting')));
          await this.writes.ofQueues(signal);
        }),
        check('loops', async () => {
          const dead = this.clock.dead();
          if (dead.length > 0) throw new Error(`no round any more of ${dead.join(', ')}`);
        }),
        check('providers', async () => {
          if (!(await this.quotes.canQuote())) throw new Error('no provider that quotes can be asked');
        }),
      ]),
    );
    checks.clock = { ...this.time.state, ms: 0 };
    const status = this.statusOf(checks);
    if (status === 'unready') reply.status(503);
    return { status, checks };
  }

  private statusOf(checks: Ready['checks']): Ready['status'] {
    const needed = ['database', 'bus', 'queues', 'loops', 'clock'];
    if (needed.some((name) => !checks[name]?.ok)) return 'unready';
    return checks.providers?.ok && !this.quotes.simulatedInProduction() ? 'ready' : 'degraded';
  }
}

async function check(name: string, work: () => Promise<unknown>): Promise<[string, Ready['checks'][string]]> {
  const start = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${CHECK_MS} ms`)), CHECK_MS);
  });
  try {
    await Promise.race([work(), late]);
    return [name, { ok: true, ms: Math.round(performance.now() - start) }];
  } catch (error) {
    // Only our own sentences leave the process; a driver's message may name hosts and users.
    const detail = error instanceof Error && error.message.startsWith('no ') ? error.message : 'cannot be reached';
    return [name, { ok: false, ms: Math.round(performance.now() - start), detail }];
  } finally {
    clearTimeout(timer);
  }
}
