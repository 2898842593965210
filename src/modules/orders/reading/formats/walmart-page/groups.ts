import { isMembers, listIn, member, named, textIn, type Members } from '../../members.js';
import { shortNameOf } from '../../names.js';
import { isCharged, type LineState } from '../../reading.js';
import { stateOf } from '../../amounts.js';

/** An order's shipments, and what of it each holds. Pure. */
export interface Row {
  item: Members;
  /** What its category says became of it. */
  state: LineState;
}
export interface Group {
  of: Members;
  rows: Row[];
  /** Its rows are told by what became of them: what was charged. Otherwise they are what was ordered. */
  isSorted: boolean;
  /** Categories that nobody knows. */
  unknown: string[];
}

const ITEMS = named('items', 'lineItems', 'orderItems', 'orderLines', 'lines', 'products');
const CATEGORIES = named('categories', 'itemCategories', 'categoryGroups');
const PARTS = named('subGroups', 'subgroups', 'packages');
const HOW = named('fulfillmentType', 'fulfilmentType');
const TYPE = named('type', 'categoryType', 'kind');
const NAME = named('name', 'title', 'label', 'heading');
const ID = named('id', 'lineId', 'lineItemId');
/** `groups_2101` as it is now, `groups` in lists; the figure changes. */
const GROUPS = /^(?:order_?)?groups?(?:_?\d+)?$|^shipments$|^fulfillmentGroups$/i;
const ORDINARY =
  /^(regular|normal|default|shopped|received|delivered|purchased|picked.?up|shipped|weight.*|adjusted|all|items)$/i;
/** More than any order has. */
const MOST_GROUPS = 500;
/** Likewise. */
export const MOST_ROWS = 5000;

/** Whether its shipments have the name that such have. */
export const hasGroups = (order: Members): boolean =>
  Object.keys(order).some((key) => GROUPS.test(key) && Array.isArray(order[key]));

/** Under whatever name its shipments are; of several the one that holds most. */
export function groupsIn(order: Members): Group[] {
  const named = Object.keys(order)
    .filter((key) => GROUPS.test(key) && Array.isArray(order[key]))
    .map((key) => partsOf(order[key]))
    .toSorted((a, b) => rowsIn(b) - rowsIn(a));
  if (named[0]) return named[0];
  const alike = Object.values(order)
    .filter((value) => Array.isArray(value) && value.some((one) => isMembers(one) && isGroup(one)))
    .map(partsOf)
    .toSorted((a, b) => rowsIn(b) - rowsIn(a));
  if (alike[0]) return alike[0];
  return hasRows(order) ? [groupFrom(order)] : [];
}

const hasRows = (of: Members): boolean =>
  [ITEMS, CATEGORIES, PARTS].some((by) => {
    const value = member(of, by);
    return Array.isArray(value) && value.some(isMembers);
  });

/** It holds items, or says how they come. */
const isGroup = (of: Members): boolean => hasRows(of) || member(of, HOW) !== undefined;

const partsOf = (value: unknown): Group[] => {
  const parts = (value as unknown[]).filter(isMembers);
  return parts.length > MOST_GROUPS ? [] : parts.map(groupFrom);
};

export const rowsIn = (groups: readonly Group[]): number => groups.reduce((sum, { rows }) => sum + rows.length, 0);

function groupFrom(of: Members): Group {
  const unknown: string[] = [];
  const sorted = sortedRows(of, unknown, 0);
  if (sorted.length > 0) return { of, rows: sorted, isSorted: true, unknown };
  return { of, rows: plainRows(of, 0), isSorted: false, unknown };
}

/** By category, its own and those of its parts; what both name counts once. */
function sortedRows(of: Members, unknown: string[], depth: number): Row[] {
  const own = listIn(of, CATEGORIES).flatMap((category) => {
    const state = stateIn(category, unknown);
    return listIn(category, ITEMS).map((item) => ({ item, state }));
  });
  if (depth > 3) return own;
  const parts = listIn(of, PARTS).flatMap((part) => sortedRows(part, unknown, depth + 1));
  if (own.length === 0 || parts.length === 0) return [...own, ...parts];
  const known = new Set(own.map(({ item }) => printOf(item)));
  return [...own, ...parts.filter(({ item }) => !known.has(printOf(item)))];
}

function plainRows(of: Members, depth: number): Row[] {
  const own = listIn(of, ITEMS).map((item): Row => ({ item, state: 'bought' }));
  if (own.length > 0 || depth > 3) return own;
  return listIn(of, PARTS).flatMap((part) => plainRows(part, depth + 1));
}

const printOf = (item: Members): string => textIn(item, ID) ?? JSON.stringify(item);

/** By its type, which is the same in all languages; of the ordinary type its name may still say that it came for another. */
function stateIn(category: Members, unknown: string[]): LineState {
  const [type, name] = [textIn(category, TYPE), textIn(category, NAME)];
  const told = stateOf(type?.replaceAll('_', ' '));
  if (told !== 'bought') return told;
  const isOrdinary = type !== null && ORDINARY.test(type);
  if (type !== null && !isOrdinary) unknown.push(shortNameOf(type, 40) ?? '');
  const byName = stateOf(name);
  return byName === 'substituted' || (!isOrdinary && !isCharged(byName)) ? byName : 'bought';
}
