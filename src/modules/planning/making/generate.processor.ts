import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import type { Payload } from '../../../queues/catalogue.js';
import { JobHost } from '../../../queues/job.processor.js';
import { GenerationService } from './generation.service.js';

/** Doorway for the `plans` queue. */
@Injectable()
export class GenerateProcessor extends JobHost<'plan.generate'> {
  protected readonly job = 'plan.generate';

  constructor(
    private readonly generation: GenerationService,
    protected readonly metrics: Metrics,
    protected readonly log: PinoLogger,
  ) {
    super();
  }

  protected handle(payload: Payload<'plan.generate'>, signal: AbortSignal): Promise<void> {
    return this.generation.generate(payload, signal);
  }
}
