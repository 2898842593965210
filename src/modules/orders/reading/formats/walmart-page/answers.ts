import { isMembers, member, named, textIn, type Members } from '../../members.js';
import { numberKeyOf } from '../../numbers.js';
import { groupsIn, hasGroups } from './groups.js';

/** What of the shop's answers is in some JSON, wherever it stands in it: orders whole, orders as a list shows them, and ledgers of charges. */
export interface Answers {
  orders: Members[];
  listed: Members[];
  ledgers: Members[];
  /** A list was asked for and not given: nobody was signed in. */
  isSignedOut: boolean;
  /** A list was given, if an empty one. */
  isList: boolean;
  /** An order was asked for and not given. */
  isRefused: boolean;
}

const MOST_PLACES = 3_000_000;
const NUMBERS = ['id', 'orderId', 'displayId', 'orderNumber', 'orderNo', 'number'].map((name) => named(name));
const ORDERS = named('orders', 'orderList', 'purchases');
const METHODS = named('paymentMethods', 'payments', 'methods');
const CHARGES = named('finalCharges', 'charges');
const WHAT_IS_MONEY = named('priceDetails', 'priceSummary', 'priceInfo', 'totals');
const DATE = named('orderDate', 'orderedAt', 'orderPlacedDate');

export function numberIn(order: Members): string | null {
  for (const by of NUMBERS) {
    const key = numberKeyOf(textIn(order, by));
    if (key !== null && key !== 'lost') return key;
  }
  return null;
}

export function answersIn(value: unknown): Answers {
  const answers: Answers = {
    orders: [],
    listed: [],
    ledgers: [],
    isSignedOut: false,
    isList: false,
    isRefused: false,
  };
  let places = 0;
  const look = (here: unknown, name: string, isInList: boolean): void => {
    if (++places > MOST_PLACES) return;
    if (Array.isArray(here)) return here.forEach((one) => look(one, name, isInList || name === 'orders'));
    if (!isMembers(here)) return;
    if (name === 'purchaseHistory') {
      const orders = member(here, ORDERS);
      if (Array.isArray(orders)) answers.isList = true;
      else answers.isSignedOut = true;
    }
    if (isLedger(here)) return void answers.ledgers.push(here);
    if (isOrder(here, name)) return void (isWhole(here, isInList) ? answers.orders : answers.listed).push(here);
    for (const [key, inner] of Object.entries(here)) {
      if (inner === null && (key === 'order' || key === 'purchaseHistory')) answers.isRefused = true;
      else look(inner, key, isInList || name === 'purchaseHistory');
    }
  };
  look(value, '', false);
  return answers;
}

/** It names an order, and how its charges were made. */
const isLedger = (here: Members): boolean => {
  const methods = member(here, METHODS);
  const isOfCharges =
    Array.isArray(methods) && methods.some((one) => isMembers(one) && CHARGES.names.some((n) => n in one));
  return numberIn(here) !== null && (isOfCharges || (Array.isArray(methods) && Object.keys(here).length <= 3));
};

/** It has a number, and what only orders have beside it. */
function isOrder(here: Members, name: string): boolean {
  if (numberIn(here) === null) return false;
  if (name === 'order') return true;
  const isDated = member(here, DATE) !== undefined;
  return hasGroups(here) || (isDated && isMembers(member(here, WHAT_IS_MONEY)));
}

/** A list shows neither what became of an item nor what it cost. */
function isWhole(order: Members, isInList: boolean): boolean {
  if (!isInList) return true;
  return groupsIn(order).some((group) => group.isSorted || group.rows.some(({ item }) => 'priceInfo' in item));
}
