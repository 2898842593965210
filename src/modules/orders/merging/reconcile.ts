import type { OrderFacts, ReadLine } from '../reading/reading.js';
import { depositsIn, goodsOf, isOverTotal } from '../reading/sums.js';

/** Whether an order adds up, in two checks apart from each other. Pure. */
export type SavingsKind = 'in_subtotal' | 'after_subtotal';
export interface Reconciled {
  /** Sum of the lines = subtotal; null where one of them is not known. */
  items: boolean | null;
  /**
   * Subtotal + fees + tax + tip + donations − savings (where they come after it) = total; null where one is not known. False without a
   * subtotal, too, where the lines alone cost more than the total.
   */
  total: boolean | null;
  reconciled: 'both' | 'items' | 'total' | 'none';
  /** Which of its two meanings `savings` has; null without savings, or where neither holds. */
  savingsKind: SavingsKind | null;
}

export function reconcile(facts: OrderFacts, lines: readonly ReadLine[], areCharged: boolean): Reconciled {
  const { subtotalCents, savingsCents, subtotalBeforeCents } = facts;
  const goods = areCharged ? goodsOf(lines) : null;
  const areKnown = goods !== null && subtotalCents !== null && facts.isFuel !== true;
  const savings = savingsCents ?? 0;
  const inGoods = areKnown ? withinSubtotal(facts, goods, savings) : null;
  const items = areKnown ? inGoods !== null || goods === subtotalCents : null;
  const balance = balanceOf(facts, inGoods?.fees);
  const kinds: SavingsKind[] =
    savings === 0
      ? []
      : subtotalBeforeCents !== null && subtotalBeforeCents - savings === subtotalCents
        ? ['in_subtotal']
        : ['after_subtotal', 'in_subtotal'];
  const holds = (kind: SavingsKind) => balance === (kind === 'after_subtotal' ? savings : 0);
  const savingsKind = balance === null ? null : (kinds.find(holds) ?? null);
  const isOver = isOverTotal(goods, facts);
  const total = balance === null ? (isOver ? false : null) : savings === 0 ? balance === 0 : savingsKind !== null;
  const reconciled = items ? (total ? 'both' : 'items') : total ? 'total' : 'none';
  return { items, total, reconciled, savingsKind };
}

/**
 * Tills print coupons and deposits among the items, and sum them up with them: what of the fees is in a subtotal that is so made, where the
 * total bears it out. Null where it is made of the lines alone, or of something else.
 */
function withinSubtotal(facts: OrderFacts, goods: number, savings: number): { fees: number } | null {
  const isMade = (fees: number) =>
    (fees > 0 || savings > 0) && goods + fees - savings === facts.subtotalCents && balanceOf(facts, fees) === 0;
  const deposits = depositsIn(facts);
  const fees = [0, deposits].find(isMade);
  return fees === undefined ? null : { fees };
}

/** What is over when the total is taken from all that adds to it; null where the subtotal, the total or the tax is not known. */
function balanceOf(facts: OrderFacts, within = 0): number | null {
  const { subtotalCents, totalCents, taxCents, feesCents, deliveryCents, bagCents, expressCents } = facts;
  if (subtotalCents === null || totalCents === null) return null;
  const fees = feesCents ?? (deliveryCents ?? 0) + (bagCents ?? 0) + (expressCents ?? 0);
  const more = (taxCents ?? 0) + fees + (facts.tipCents ?? 0) + (facts.donationsCents ?? 0);
  return subtotalCents + more - within - totalCents;
}
