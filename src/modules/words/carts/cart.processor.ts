import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import type { Payload } from '../../../queues/catalogue.js';
import { JobHost } from '../../../queues/job.processor.js';
import { CartMaking } from './making.service.js';

/** Doorway for the `carts` queue. */
@Injectable()
export class CartProcessor extends JobHost<'cart.read'> {
  protected readonly job = 'cart.read';

  constructor(
    private readonly making: CartMaking,
    protected readonly metrics: Metrics,
    protected readonly log: PinoLogger,
  ) {
    super();
  }

  protected handle(payload: Payload<'cart.read'>): Promise<void> {
    return this.making.run(payload);
  }
}
