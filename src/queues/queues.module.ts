import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import type { Config } from '../config.js';
import { Metrics, each, fromZero } from '../platform/telemetry/metrics.js';
import { QUEUES } from './catalogue.js';
import { laneQueue, queueConnection } from './connection.js';
import { Queues } from './queues.js';

/** Registers every row of the catalogue, and one quotes queue for each lane. */
@Module({})
export class QueuesModule {
  static forConfig(config: Config, lanes: readonly string[]): DynamicModule {
    const names = [...new Set([...Object.keys(QUEUES), ...lanes.map(laneQueue)])];
    const producer = queueConnection(config, 'producer');
    const prefix = config.values.LOOPGPT_REDIS_PREFIX;
    return {
      module: QueuesModule,
      global: true,
      imports: [
        BullModule.forRoot({ connection: queueConnection(config, 'worker'), prefix }),
        ...names.map((name) => BullModule.registerQueue({ name, connection: producer, prefix })),
      ],
      providers: [
        {
          provide: Queues,
          inject: [PinoLogger, Metrics, ...names.map((name) => getQueueToken(name))],
          useFactory: (log: PinoLogger, metrics: Metrics, ...queues: Queue[]) => {
            countFromZero(metrics);
            const report = (error: Error) => log.warn({ error: error.message }, 'queue.store_error');
            for (const queue of queues) queue.on('error', report);
            return new Queues(new Map(names.map((name, index) => [name, queues[index]!])));
          },
        },
      ],
      exports: [Queues, BullModule],
    };
  }
}

function countFromZero({ jobs, queueWait, queueRun }: Metrics): void {
  const names = Object.keys(QUEUES);
  fromZero(jobs, each('queue', names, 'result', ['completed', 'failed', 'put_back', 'unreadable']));
  for (const histogram of [queueWait, queueRun]) fromZero(histogram, each('queue', names));
}
