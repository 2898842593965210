import { centsOf, costOf, quantityOf, stateOf, struckCentsOf } from '../../amounts.js';
import type { DayOrder } from '../../days.js';
import { addExtras, goodsAndExtras } from '../../extras.js';
import { Gathered } from '../../gathered.js';
import { isMembers, type Members } from '../../members.js';
import { measureOf } from '../../measures.js';
import { nameOf } from '../../names.js';
import { itemIdOf, numberKeyOf } from '../../numbers.js';
import { paymentTypeOf } from '../../payments.js';
import { lineOf, orderOf, shownLine, type OrderFacts, type ReadLine } from '../../reading.js';
import type { Format } from '../format.js';
import { factsOf, notAmounts } from '../walmart-tables/facts.js';
import { GIVEN_BACK, NOTHING_TOLD, upcOf } from '../walmart-tables/lines.js';
import { Told } from './told.js';

/** What public exporters write as JSON: a list of orders with their items, all money as text. Members are known by their words. */
export const walmartExport: Format = {
  id: 'walmart-export',
  read: (file) => {
    if (file.kind !== 'json') return null;
    const all = ordersIn(file.value);
    const told = all.map((value) => (isMembers(value) ? new Told(value) : null));
    if (!told.some((order) => order !== null && isOfWalmart(order))) return null;
    const found = new Gathered();
    const unknown = new Set<string>();
    const dayOrder = found.dayOrderOf(told.map((order) => order?.textOf('day') ?? ''));
    for (const [index, order] of told.entries()) {
      if (order === null) found.skip(`order ${index + 1}`, 'It is no order.');
      else readOrder(order, index + 1, dayOrder, found, unknown);
    }
    askOfMembers(found, unknown);
    return found.reading('the members of its orders');
  },
};

const LISTS = ['orders', 'data', 'orderHistory', 'order_history', 'results'];
const MOST_ORDERS = 100_000;
const DEEPEST_LIST = 4;
const MOST_MEMBERS = 50;

/** A list, a list within an object, or one order alone. */
function ordersIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.slice(0, MOST_ORDERS);
  if (!isMembers(value)) return [];
  const list = LISTS.map((name) => value[name]).find((one) => Array.isArray(one)) ?? listWithin(value);
  return Array.isArray(list) ? list.slice(0, MOST_ORDERS) : [value];
}

/** The list in an object that holds little beside it, at any depth: each of it has a list of its own. */
function listWithin(value: Members): readonly unknown[] | null {
  let level: Members[] = [value];
  for (let deep = 0; deep < DEEPEST_LIST && level.length > 0; deep++) {
    const all = level.flatMap((one) => Object.values(one).slice(0, MOST_MEMBERS));
    const list = all.find(
      (one) => Array.isArray(one) && one.some((each) => isMembers(each) && new Told(each).hasItems()),
    );
    if (Array.isArray(list)) return list;
    level = all.filter(isMembers).slice(0, MOST_MEMBERS);
  }
  return null;
}

/** Its number is one of theirs, or an item's page is on their site. */
function isOfWalmart(order: Told): boolean {
  const key = numberKeyOf(order.number());
  if (key === null) return false;
  const items = order.items() ?? [];
  if (items.some((item) => isMembers(item) && ('asin' in item || 'ASIN' in item))) return false;
  const isTheirs = items.some(
    (item) => isMembers(item) && (new Told(item).itemId() !== null || /walmart\.c/.test(new Told(item).textOf('link'))),
  );
  return isTheirs || (/^(\d{13}|\d{15}|\d{18,21})$/.test(key) && (order.hasItems() || order.hasMoney()));
}

function readOrder(order: Told, place: number, dayOrder: DayOrder, found: Gathered, unknown: Set<string>): void {
  const where = `order ${place}`;
  const key = numberKeyOf(order.number());
  const facts = factsOf((meaning) => order.textOf(meaning), { zero: 'known', dayOrder });
  const numberKey = key === 'lost' ? null : key;
  if (numberKey === null && (facts.orderedOn ?? null) === null) {
    found.skip(where, 'It names no order and no day.');
    return;
  }
  for (const fault of notAmounts((meaning) => ({ text: order.textOf(meaning), link: null }), '.'))
    found.skip(where, fault);
  order.unknown().forEach((name) => unknown.add(name));
  const items = order.items();
  const all = (items ?? []).flatMap((value, index): ReadLine[] => {
    const line = isMembers(value) ? lineFrom(value, unknown) : 'It is no item.';
    if (typeof line === 'string') found.skip(`${where}, item ${index + 1}`, line);
    return typeof line === 'string' ? [] : [line];
  });
  const { goods: lines, extras } = goodsAndExtras(all);
  // A list that is not there, or has nothing in it, is an order whose items nobody told.
  const linesAre = lines.length > 0 ? 'charged' : 'unknown';
  if (items === null) found.ask('detail_unavailable', NO_ITEMS);
  const known = { ...facts, ...ownFacts(order), lines };
  const made = found.at(where, () => orderOf({ retailer: 'walmart', numberKey, linesAre, ...known }));
  addExtras(made, extras);
}

const NO_ITEMS = 'Some orders have no list of items that is understood, so what was bought is not known of them.';

/** What these exports tell beside what tables do. */
function ownFacts(order: Told): Partial<OrderFacts> {
  const isInStore = order.isInStore();
  const payments = order.payments().flatMap((payment) => {
    const cents = centsOf(payment.amount);
    return cents === null ? [] : [{ type: paymentTypeOf(payment.brand.toLowerCase()) ?? 'OTHER', cents }];
  });
  return {
    ...(isInStore !== null && { channel: isInStore ? 'store' : 'online' }),
    ...(payments.length > 0 && { payments }),
  };
}

/** A line, or why there is none. */
function lineFrom(value: Members, unknown: Set<string>): ReadLine | string {
  const item = new Told(value);
  const name = nameOf(item.textOf('name'));
  const usItemId = item.itemId() ?? itemIdOf(item.textOf('link'));
  if (name === null && usItemId === null) return 'It has no name.';
  item.unknown().forEach((one) => unknown.add(one));
  const [price, each, count] = [item.textOf('price'), item.textOf('unitPrice'), item.textOf('quantity')];
  const isGivenBack = GIVEN_BACK.test(count);
  const amount = count.replace(GIVEN_BACK, '');
  const measure = measureOf(amount);
  const quantity = measure ? 1 : quantityOf(amount);
  const unitCents = centsOf(each);
  const cents = price === '' ? costOf(unitCents, measure?.value ?? quantity) : centsOf(price);
  if (price !== '' ? cents === null : each !== '' && unitCents === null) return 'Its price is not understood.';
  if (count !== '' && quantity === null) return 'Its quantity is not understood.';
  const upc = upcOf(item.textOf('upc'));
  const size = nameOf(item.textOf('size'));
  const known = { name, usItemId, upc, size, measure, unitCents, wasCents: struckCentsOf(price) };
  if (isGivenBack && cents !== null)
    return lineOf({ ...known, quantity, state: 'returned', lineCents: -Math.abs(cents) });
  if (isGivenBack) return NOTHING_TOLD;
  if (!item.has('lineStatus') && !item.has('status'))
    return lineOf({ ...known, quantity, lineCents: cents, listedCents: cents });
  return shownLine(known, stateOf(item.textOf('lineStatus') || item.textOf('status')), quantity, cents);
}

function askOfMembers(found: Gathered, unknown: ReadonlySet<string>): void {
  if (unknown.size === 0) return;
  const names = [...unknown].slice(0, 10).join(', ');
  found.ask('members_unknown', `These members were not understood and left out: ${names}.`);
}
