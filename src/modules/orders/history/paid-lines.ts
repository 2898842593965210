import type { PaidLine } from '../../prices/prices.service.js';
import { isCharged } from '../reading/reading.js';
import type { NewLine, NewOrder } from './history.repository.js';

/**
 * What orders paid for their lines, for who keeps prices. What was only ordered, did not come, or was given back, was not paid. Pure.
 */
export function paidLinesOf(orders: readonly NewOrder[], lines: readonly NewLine[]): PaidLine[] {
  const byId = new Map(orders.map((order) => [order.id, order]));
  return lines.flatMap(({ orderId, productId, state, lineCents, facts }) => {
    const order = byId.get(orderId);
    if (order?.facts.linesAre !== 'charged' || !isCharged(facts.state) || state === 'returned') return [];
    const { retailer, storeNumber, orderedOn, currency } = order;
    const { name, size, quantity, measure } = facts;
    return [
      {
        orderId,
        productId,
        retailer,
        storeNumber,
        orderedOn,
        currency,
        name,
        size,
        quantity,
        measure,
        cents: lineCents,
      },
    ];
  });
}
