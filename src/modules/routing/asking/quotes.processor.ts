import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import type { Payload } from '../../../queues/catalogue.js';
import { JobHost } from '../../../queues/job.processor.js';
import { AskingService } from './asking.service.js';

/** Doorway for the `quotes` queue and for each lane's own. */
@Injectable()
export class QuotesProcessor extends JobHost<'route.quote'> {
  protected readonly job = 'route.quote';

  constructor(
    private readonly asking: AskingService,
    protected readonly metrics: Metrics,
    protected readonly log: PinoLogger,
  ) {
    super();
  }

  protected handle(payload: Payload<'route.quote'>, signal: AbortSignal): Promise<void> {
    return this.asking.ask(payload, signal);
  }
}
