import type { Gathered } from '../../gathered.js';
import { orderOf, type OrderFacts, type ReadOrder } from '../../reading.js';

/** The order that a row tells of: what an earlier row of it did not tell is filled in. Without a number, a day is a candidate. */
export function orderAt(gathered: Gathered, { numberKey, facts, linesAre, isEvidence = false }: Told): ReadOrder {
  const slot = numberKey ?? `day ${facts.orderedOn}`;
  const order = gathered.at(slot, () => orderOf({ retailer: 'walmart', numberKey, linesAre, isEvidence }));
  if (order.linesAre === 'unknown') order.linesAre = linesAre;
  order.isEvidence &&= isEvidence;
  fill(order, facts);
  return order;
}

export interface Told {
  numberKey: string | null;
  facts: Partial<OrderFacts>;
  linesAre: ReadOrder['linesAre'];
  /** It tells only of an order that other rows bring. */
  isEvidence?: boolean;
}

export function fill(order: ReadOrder, facts: Partial<OrderFacts>): void {
  for (const [field, value] of Object.entries(facts)) {
    if (value !== null && order[field as keyof OrderFacts] === null) Object.assign(order, { [field]: value });
  }
}
