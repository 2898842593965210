import { listIn, member, membersIn, named, textIn, type Members, type Named } from '../../members.js';
import { shortNameOf } from '../../names.js';
import type { Fee, OrderFacts } from '../../reading.js';
import { centsIn, sizeIn } from '../../shown-money.js';

/** What an order cost, each amount by its name. Pure. */
const PRICES = named('priceDetails', 'priceSummary', 'priceInfo', 'totals', 'orderTotals');
const SUBTOTAL = named('subTotal', 'subtotal', 'orderSubtotal', 'itemsSubtotal');
const BEFORE = named('strikethroughSubTotal', 'strikeThroughSubTotal', 'subTotalBeforeSavings', 'originalSubTotal');
const SAVINGS = named('savings', 'totalSavings', 'discountTotal');
const TAX = named('taxTotal', 'tax', 'taxes', 'estimatedTax', 'totalTax');
const TIP = named('driverTip', 'tip', 'tips');
const WITH_TIP = named('grandTotalWithTips', 'totalWithTip', 'grandTotalWithTip');
const TOTAL = named('grandTotal', 'orderTotal', 'total', 'totalAmount');
const REFUND = named('refund', 'refundTotal', 'refunds', 'totalRefund');
const DONATIONS = named('donations', 'donation', 'donationTotal');
const FEES = named('fees', 'feeDetails', 'charges');
const DISCOUNTS = named('discounts', 'promotions');
const LABEL = named('label', 'name', 'title', 'type');
const WAS = named('strikeThroughValue', 'strikethroughValue', 'strikethroughPrice', 'originalValue', 'was');
const CURRENCY = named('currency', 'currencyCode', 'currencyUnit');
const MOST_FEES = 50;

type Totals = Partial<OrderFacts> & { isEstimate: boolean };

/** `doubt` is told the name of each amount that is there and is not understood; such are not known. */
export function totalsIn(order: Members, doubt: (name: string) => void): Totals {
  const of = membersIn(order, PRICES) ?? order;
  const shown = (by: Named, read = centsIn): number | null => {
    const value = member(of, by);
    const cents = Array.isArray(value) ? sumOf(value.map(read)) : read(value);
    if (cents === null && isTold(value)) doubt(by.names[0]!);
    return cents;
  };
  const [fees, tipCents] = [feesIn(of, doubt), shown(TIP)];
  const facts = {
    ...fees,
    tipCents,
    currency: currencyIn(of),
    subtotalCents: shown(SUBTOTAL),
    subtotalBeforeCents: shown(BEFORE),
    savingsCents: shown(SAVINGS, sizeIn) ?? (sumOf(listIn(of, DISCOUNTS).map(sizeIn)) || null),
    taxCents: shown(TAX),
    refundCents: shown(REFUND, sizeIn),
    donationsCents: shown(DONATIONS),
  };
  const total = member(of, WITH_TIP) ?? member(of, TOTAL);
  const isEstimate = /estimat/i.test((membersIn(of, TOTAL) && textIn(membersIn(of, TOTAL)!, LABEL)) ?? '');
  const withTip = shown(WITH_TIP);
  if (withTip !== null || total === undefined) return { ...facts, totalCents: withTip, isEstimate };
  return { ...facts, totalCents: totalOf(shown(TOTAL), facts), isEstimate };
}

/** An empty list, and an amount of nothing that is shown as nothing, tell of no amount. */
const isTold = (value: unknown): boolean =>
  value !== undefined &&
  !(Array.isArray(value) && value.length === 0) &&
  !/^(?:\{[^\d]*\}|\[\])$/.test(JSON.stringify(value));

/** Null for none, and where one of them is not understood. */
const sumOf = (all: readonly (number | null)[]): number | null =>
  all.length === 0 || all.includes(null) ? null : all.reduce<number>((sum, cents) => sum + (cents ?? 0), 0);

/** A total without the tip is known by all else adding up to it. */
function totalOf(total: number | null, facts: Partial<OrderFacts>): number | null {
  const { subtotalCents, tipCents, feesCents, taxCents, donationsCents, savingsCents } = facts;
  if (total === null || !tipCents || typeof subtotalCents !== 'number') return total;
  const without = subtotalCents + (feesCents ?? 0) + (taxCents ?? 0) + (donationsCents ?? 0);
  const isWithout = total === without || total === without - (savingsCents ?? 0);
  return isWithout ? total + tipCents : total;
}

const KINDS: readonly [RegExp, Fee['kind']][] = [
  [/express|rush|priority/i, 'express'],
  [/\bbags?\b|\bsacs?\b|bolsa/i, 'bag'],
  [/deliver|shipping|freight|livraison|exp[ée]dition|env[íi]o|entrega/i, 'delivery'],
];

function feesIn(of: Members, doubt: (name: string) => void): Partial<OrderFacts> {
  if (!Array.isArray(member(of, FEES))) return {};
  let isWhole = true;
  const fees = listIn(of, FEES)
    .slice(0, MOST_FEES)
    .flatMap((one): Fee[] => {
      const label = shortNameOf(textIn(one, LABEL), 80) ?? '';
      const cents = centsIn(one);
      if (cents !== null) return [{ kind: kindOf(label), label, cents, wasCents: centsIn(member(one, WAS)) }];
      isWhole = false;
      doubt(`fee ${label}`);
      return [];
    });
  const of_ = (kind: Fee['kind']) => sumOf(fees.filter((fee) => fee.kind === kind).map(({ cents }) => cents));
  return {
    fees,
    feesCents: isWhole ? fees.reduce((sum, { cents }) => sum + cents, 0) : null,
    deliveryCents: of_('delivery'),
    bagCents: of_('bag'),
    expressCents: of_('express'),
  };
}

const kindOf = (label: string): Fee['kind'] => KINDS.find(([pattern]) => pattern.test(label))?.[1] ?? 'other';

function currencyIn(of: Members): string | null {
  const code = textIn(of, CURRENCY) ?? textIn(membersIn(of, SUBTOTAL) ?? {}, CURRENCY);
  return code !== null && /^[A-Z]{3}$/.test(code) ? code : null;
}
