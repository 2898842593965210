import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import type { Payload } from '../../../queues/catalogue.js';
import { JobHost } from '../../../queues/job.processor.js';
import { ImportingService } from './importing.service.js';

/** Doorway for the `imports` queue. */
@Injectable()
export class ImportProcessor extends JobHost<'import.read'> {
  protected readonly job = 'import.read';

  constructor(
    private readonly importing: ImportingService,
    protected readonly metrics: Metrics,
    protected readonly log: PinoLogger,
  ) {
    super();
  }

  protected handle(payload: Payload<'import.read'>, signal: AbortSignal): Promise<void> {
    return this.importing.run(payload, signal);
  }
}
