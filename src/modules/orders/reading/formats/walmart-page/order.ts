import { dayOf } from '../../days.js';
import { isMembers, listIn, member, membersIn, named, textIn, type Members } from '../../members.js';
import { nameOf, shortNameOf } from '../../names.js';
import { paymentTypeOf } from '../../payments.js';
import { orderOf, type LinesAre, type OrderFacts, type ReadLine, type ReadOrder } from '../../reading.js';
import { centsIn } from '../../shown-money.js';
import { numberIn } from './answers.js';
import { groupsIn, MOST_ROWS, rowsIn, type Group } from './groups.js';
import { linesFrom } from './lines.js';
import type { Notes } from './notes.js';
import { totalsIn } from './totals.js';
import { whenIn } from './when.js';

/** An order as its page and its answers tell it. Pure. */
const DISPLAY = named('displayId', 'displayOrderId', 'orderDisplayId');
const TYPE = named('type', 'orderType', 'channel');
const IN_STORE = named('isInStore', 'inStore');
const FUEL = named('isFuelPurchase', 'isFuel');
const FULFILLMENT = named('fulfillmentType', 'fulfilmentType', 'fulfillment');
const STATUS = named('status', 'orderStatus', 'groupStatus');
const STATUS_TYPE = named('statusType', 'type', 'code', 'status');
const DELIVERED = named('deliveredDate', 'deliveredAt', 'deliveredOn');
const SELLER = named('seller', 'sellerInfo', 'sellerName');
const SELLER_NAME = named('name', 'sellerDisplayName', 'sellerName', 'displayName');
const STORE = named('store', 'storeInfo', 'pickupStore');
const STORE_ID = named('id', 'storeId', 'number', 'storeNumber');
const STORE_NAME = named('name', 'storeName', 'displayName');
const SHIPMENTS = [named('shipment', 'shipmentInfo'), named('shipments'), named('multiPackageDetails', 'packages')];
const TRACKING = named('trackingNumber', 'trackingId');
const METHODS = named('paymentMethods', 'payments');
const METHOD = [named('paymentType', 'type'), named('cardType', 'brand'), named('description')];
const PAID = named('displayValues', 'amount', 'displayValue', 'value');

const CANCELLED = /cancel|reject/i;
const ENDED = /deliver(?!y)|picked|purchas|complet|return|refund|received|fulfilled/i;
const UNDERWAY = /placed|confirm|prepar|process|pending|schedul|shopping|awaiting/i;

/** Null, with a note, for one of which nothing is known but its number. `isListed`: by a list, which shows what was ordered alone. */
export function orderFrom(told: Members, isListed: boolean, notes: Notes): ReadOrder | null {
  const numberKey = numberIn(told);
  if (numberKey === null) return null;
  const groups = groupsIn(told);
  const totals = totalsIn(told, (name) => notes.amount(name, numberKey));
  const facts: Partial<OrderFacts> = { ...whenIn(told), ...totals, ...factsOf(told, groups) };
  // What is bought in a shop is taken along.
  if (facts.channel === 'store') facts.deliveredOn ??= facts.orderedOn ?? null;
  const isEstimate = totals.isEstimate || isUnderway(groups);
  const { lines, linesAre } = linesIn(groups, { numberKey, isListed, isEstimate, facts, notes });
  const isEmpty = lines.length === 0;
  if (isEmpty && facts.isFuel !== true && facts.status !== 'cancelled') notes.noDetail(numberKey);
  if (isEmpty && facts.orderedOn === null && (facts.totalCents ?? null) === null) return null;
  const known = { ...withoutEstimate(facts), displayNumber: shortNameOf(textIn(told, DISPLAY), 40) };
  return orderOf({ retailer: 'walmart', numberKey, linesAre, ...known, lines, isEstimate });
}

const withoutEstimate = ({ ...facts }: Partial<OrderFacts> & { isEstimate?: boolean }): Partial<OrderFacts> => {
  delete facts.isEstimate;
  return facts;
};

interface Reading {
  numberKey: string;
  isListed: boolean;
  isEstimate: boolean;
  facts: Partial<OrderFacts>;
  notes: Notes;
}

function linesIn(groups: readonly Group[], reading: Reading): { lines: ReadLine[]; linesAre: LinesAre } {
  const { numberKey, isListed, isEstimate, facts, notes } = reading;
  if (rowsIn(groups) > MOST_ROWS) {
    notes.skip(`order ${numberKey}`, `It has more than ${MOST_ROWS} items, of which none is read.`);
    return { lines: [], linesAre: 'unknown' };
  }
  const read = (areCharged: boolean, tell: boolean): ReadLine[] => {
    let place = 0;
    return groups.flatMap((group, index) =>
      group.rows.flatMap((row) => {
        place++;
        const lines = linesFrom(row, index + 1, areCharged);
        if (typeof lines !== 'string') return lines;
        if (tell) notes.skip(`order ${numberKey}, item ${place}`, lines);
        return [];
      }),
    );
  };
  groups.forEach(({ unknown }) => unknown.forEach((name) => notes.category(name)));
  const areSorted = groups.some(({ isSorted }) => isSorted);
  if (!isListed && !isEstimate) {
    const charged = read(true, true);
    if (charged.length === 0) return { lines: charged, linesAre: facts.isFuel === true ? 'charged' : 'unknown' };
    if (areSorted || facts.channel === 'store' || addsUp(charged, facts))
      return { lines: charged, linesAre: 'charged' };
    return { lines: read(false, false), linesAre: 'ordered' };
  }
  const ordered = read(false, true);
  return { lines: ordered, linesAre: ordered.length > 0 ? 'ordered' : 'unknown' };
}

/** Without categories an order names what was ordered; where that adds up to what was paid, it is what was charged. */
const addsUp = (lines: readonly ReadLine[], { subtotalCents }: Partial<OrderFacts>): boolean =>
  typeof subtotalCents === 'number' &&
  lines.every(({ lineCents }) => lineCents !== null) &&
  lines.reduce((sum, { lineCents }) => sum + (lineCents ?? 0), 0) === subtotalCents;

function factsOf(told: Members, groups: readonly Group[]): Partial<OrderFacts> {
  const all = groups.map(({ of }) => of);
  const fulfillments = textsOf(all.map((group) => textIn(group, FULFILLMENT)));
  const sellers = textsOf(all.map(sellerIn));
  const tracking = textsOf(all.flatMap(trackingIn));
  const [store] = all.map((group) => membersIn(group, STORE)).filter((one) => one !== null);
  const fuel = member(told, FUEL);
  const payments = paymentsIn(told);
  return {
    channel: channelIn(told, fulfillments),
    status: statusIn(all),
    fulfillments: orNull(fulfillments),
    sellers: orNull(sellers),
    tracking: orNull(tracking),
    deliveredOn: all.map((group) => dayOf(textIn(group, DELIVERED))).reduce(later, null),
    storeNumber: store ? (/^0*(\d{1,6})$/.exec(textIn(store, STORE_ID) ?? '')?.[1] ?? null) : null,
    storeName: store ? nameOf(textIn(store, STORE_NAME)) : null,
    isFuel: typeof fuel === 'boolean' ? fuel : null,
    payments: payments.length > 0 ? payments : null,
  };
}

const later = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a);
const orNull = (texts: string[]): string[] | null => (texts.length > 0 ? texts : null);

const textsOf = (texts: readonly (string | null)[]): string[] =>
  [...new Set(texts.map((text) => shortNameOf(text, 100)))].filter((text) => text !== null).slice(0, 50);

function sellerIn(group: Members): string | null {
  const seller = member(group, SELLER);
  return isMembers(seller) ? textIn(seller, SELLER_NAME) : typeof seller === 'string' ? seller : null;
}

function trackingIn(group: Members): string[] {
  const own = SHIPMENTS.flatMap((by) => listIn(group, by));
  const parts = own.flatMap((shipment) => SHIPMENTS.flatMap((by) => listIn(shipment, by)));
  return [group, ...own, ...parts].flatMap((one) => textIn(one, TRACKING) ?? []);
}

function channelIn(told: Members, fulfillments: readonly string[]): OrderFacts['channel'] {
  const inStore = member(told, IN_STORE);
  if (typeof inStore === 'boolean') return inStore ? 'store' : 'online';
  const type = textIn(told, TYPE) ?? '';
  if (/^in.?store$|^store$/i.test(type) || fulfillments.some((one) => /^in.?store$/i.test(one))) return 'store';
  return /^glass$|online|ecom/i.test(type) || fulfillments.length > 0 ? 'online' : null;
}

const statusOf = (group: Members): string => {
  const status = member(group, STATUS);
  return isMembers(status) ? (textIn(status, STATUS_TYPE) ?? '') : typeof status === 'string' ? status : '';
};

/** Of its shipments: ended when all of them are. */
function statusIn(groups: readonly Members[]): string | null {
  const all = groups.map(statusOf);
  if (all.length === 0 || all.includes('')) return null;
  if (all.every((status) => CANCELLED.test(status))) return 'cancelled';
  return all.every((status) => CANCELLED.test(status) || ENDED.test(status)) ? 'completed' : null;
}

/** Before it has come, what it costs is estimated. */
const isUnderway = (groups: readonly Group[]): boolean =>
  groups.some(({ of }) => UNDERWAY.test(statusOf(of)) && !ENDED.test(statusOf(of)));

/** By the sort of means alone; the digits of cards are not looked at. */
function paymentsIn(told: Members): NonNullable<OrderFacts['payments']> {
  return listIn(told, METHODS)
    .slice(0, 20)
    .flatMap((method) => {
      const paid = member(method, PAID);
      const cents = centsIn(Array.isArray(paid) ? (paid[0] as unknown) : paid);
      const types = METHOD.map((by) => paymentTypeOf((textIn(method, by) ?? '').toLowerCase()));
      return cents === null ? [] : [{ type: types.find((type) => type !== null) ?? 'OTHER', cents }];
    });
}
