import { costOf } from './amounts.js';
import { isMembers, member, named, type Members } from './members.js';
import { isCharged, type Measure, type Question, type ReadLine, type ReadOrder } from './reading.js';
import { centsIn, unitCentsIn } from './shown-money.js';

/** What items of JSON cost, by what their members mean, and what of that was not understood. Pure. */
const OF_LINE = named(
  'linePrice',
  'lineTotal',
  'totalPricePaid',
  'extendedPrice',
  'extPrice',
  'pricePaid',
  'totalPrice',
  'itemTotal',
  'lineAmount',
  'lineCost',
  'amountPaid',
  'totalPaid',
  'paid',
  'totalCost',
  'subtotal',
  'itemSubtotal',
  'total',
);
const OF_ONE = named(
  'unitPrice',
  'pricePerUnit',
  'priceEach',
  'eachPrice',
  'each',
  'unitCost',
  'pricePerItem',
  'priceUnit',
  'singlePrice',
);
/** What some formats have of the line, and others of one piece. */
const OF_EITHER = named('price', 'cost', 'itemPrice', 'itemCost', 'itemAmount', 'amount');

export interface Prices {
  lineCents: number | null;
  unitCents: number | null;
}

/** `plain`: what a price is of that does not say it. Of so many that cost so much each, a line costs what they do. */
export function pricesIn(
  item: Members,
  { plain, quantity, measure = null }: { plain: 'line' | 'one'; quantity: number | null; measure?: Measure | null },
): Prices {
  const either = member(item, OF_EITHER);
  const line = member(item, OF_LINE) ?? (plain === 'line' ? either : undefined);
  const one = member(item, OF_ONE) ?? (plain === 'one' ? either : undefined);
  const unitCents = one === undefined ? null : unitCentsIn(one);
  return { lineCents: line === undefined ? costOf(unitCents, measure?.value ?? quantity) : centsIn(line), unitCents };
}

const MOST_DEEP = 12;
const MOST_SEEN = 200_000;
const MOST_SHOWN = 10;
const LIKE_MONEY = /price|cost|paid|charge|amount|total|preis|prix|precio|betrag|montant|importe|pris/i;
const ABOUT_OTHER =
  /tax|discount|saving|coupon|tip|fee|refund|order|donation|delivery|shipping|was|list|strike|regular|msrp/i;

/** Asked where lines that were charged have no price, and the file has members that may be one. */
export function questionOfPrices(value: unknown, orders: readonly ReadOrder[]): Question[] {
  const lines = orders.filter(({ linesAre }) => linesAre === 'charged').flatMap((order) => order.lines);
  const bare = lines.filter(isWithoutPrice).length;
  if (bare === 0) return [];
  const names = moneyIn(value);
  if (names.length === 0) return [];
  const text = `Of ${bare} lines no price was understood. These members of the file may tell it, and were left out: ${names.join(', ')}.`;
  return [{ code: 'prices_unknown', text }];
}

const isWithoutPrice = ({ state, lineCents, unitCents, listedCents }: ReadLine): boolean =>
  isCharged(state) && lineCents === null && unitCents === null && listedCents === null;

/** What holds no list of others. */
const isItemLike = (value: unknown): boolean => isMembers(value) && !Object.values(value).some(Array.isArray);

/** Members of items, in lists, that hold an amount and are called like one. */
function moneyIn(value: unknown): string[] {
  const names = new Set<string>();
  const stack: { value: unknown; deep: number; isItem: boolean }[] = [{ value, deep: 0, isItem: false }];
  for (let seen = 0; stack.length > 0 && seen < MOST_SEEN && names.size < MOST_SHOWN; seen++) {
    const { value: at, deep, isItem } = stack.pop()!;
    if (deep > MOST_DEEP) continue;
    if (Array.isArray(at)) for (const one of at) stack.push({ value: one, deep: deep + 1, isItem: isItemLike(one) });
    else if (isMembers(at))
      for (const [name, one] of Object.entries(at)) {
        const isMoney = isItem && LIKE_MONEY.test(name) && !ABOUT_OTHER.test(name) && centsIn(one) !== null;
        if (isMoney) names.add(name.slice(0, 60));
        else stack.push({ value: one, deep: deep + 1, isItem });
      }
  }
  return [...names];
}
