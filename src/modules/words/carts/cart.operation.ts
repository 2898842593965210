import { Injectable } from '@nestjs/common';
import { Config } from '../../../config.js';
import { Operations } from '../../../operations/operations.js';
import { Database } from '../../../platform/database/database.js';
import { QUEUES } from '../../../queues/catalogue.js';
import { resourceOf } from './cart.resource.js';
import { CartsRepository } from './carts.repository.js';
import { CartMaking } from './making.service.js';

/** Carts in a second that are taken for granted until the pace was measured. */
const FIRST_PACE = 100;
const PACE_SECONDS = 60;

/** What carts do as operations: where their columns are, how many there may be, who reads and who ends them. */
@Injectable()
export class CartOperation {
  constructor(carts: CartsRepository, making: CartMaking, database: Database, operations: Operations, config: Config) {
    operations.serve('cart', {
      columns: { asked: 'jsonb', follows: 'text' },
      limits: () => ({
        all: config.values.LOOPGPT_MAX_OPEN_CARTS,
        own: config.values.LOOPGPT_MAX_OPEN_CARTS_PER_TENANT,
        atOnce: QUEUES.carts.concurrency,
        pace: FIRST_PACE,
        waits: 'open',
        windowSeconds: PACE_SECONDS,
      }),
      lostAfterSeconds: 5,
      jobs: ({ id, tenantId }) => [{ id, payload: { cartId: id, tenantId } }],
      read: async (tenantId, id) => {
        const found = await database.tenantOne(tenantId, (tx) => carts.find(tx, id));
        return found && resourceOf(found, operations.load('cart'));
      },
      end: (ids, why) => making.end(ids, why),
    });
  }
}
