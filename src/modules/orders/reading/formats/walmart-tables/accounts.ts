import type { Gathered } from '../../gathered.js';
import { orderOf, type OrderFacts, type ReadOrder } from '../../reading.js';

/** The order that a row tells of: what an earlier row of it did not tell is filled in. Without a number, a day is a candidate. */
export function orderAt(
  gathered: Gathered,
  { numberKey, facts, linesAre, where, isEvidence = false }: Told,
): ReadOrder {
  const slot = numberKey ?? `day ${facts.orderedOn}`;
  const order = gathered.at(slot, () => orderOf({ retailer: 'walmart', numberKey, linesAre, isEvidence }));
  if (order.linesAre === 'unknown') order.linesAre = linesAre;
  order.isEvidence &&= isEvidence;
  gathered.fill(order, facts, where);
  return order;
}

export interface Told {
  numberKey: string | null;
  facts: Partial<OrderFacts>;
  linesAre: ReadOrder['linesAre'];
  where: string;
  /** It tells only of an order that other rows bring. */
  isEvidence?: boolean;
}
