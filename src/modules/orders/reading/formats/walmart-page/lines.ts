import { quantityOf } from '../../amounts.js';
import { measureOf } from '../../measures.js';
import { isMembers, listIn, member, membersIn, named, textIn, type Members } from '../../members.js';
import { nameOf } from '../../names.js';
import { itemIdOf } from '../../numbers.js';
import { isCharged, lineOf, shownLine, type LineState, type Measure, type ReadLine } from '../../reading.js';
import { centsIn, unitCentsIn } from '../../shown-money.js';
import type { Row } from './groups.js';

/** An item of an order as lines: itself, and what was added to it. Pure. */
const PRODUCT = named('productInfo', 'product', 'productDetails', 'item');
const NAME = named('name', 'productName', 'title', 'displayName', 'itemName');
const ITEM_ID = named('usItemId', 'itemId', 'us_item_id', 'productId');
const OFFER_ID = named('offerId');
const LINK = named('canonicalUrl', 'productUrl', 'url', 'link');
const PRICES = named('priceInfo', 'prices', 'pricing', 'priceDetails', 'price');
const LINE_PRICE = named('linePrice', 'lineTotal', 'lineAmount', 'totalPrice', 'extendedPrice', 'price');
const UNIT_PRICE = named('unitPrice', 'pricePerUnit');
const ITEM_PRICE = named('itemPrice', 'eachPrice', 'currentPrice');
const STRUCK = named('strikethroughPrice', 'strikeThroughPrice', 'wasPrice', 'listPrice', 'originalPrice');
const QUANTITY = named('quantity', 'qty', 'count');
const WEIGHED = named('quantityString', 'quantityText', 'displayQuantity', 'weight');
const LABEL = named('quantityLabel', 'unitOfMeasure', 'uom');
const ADDED = named('addOns', 'addons', 'addOnServices');
const UNAVAILABLE = named('isUnavailable', 'unavailable', 'isOutOfStock');
const CANCELLED = named('isCanceled', 'isCancelled');
const RETURNED = named('returnId', 'isReturned');
const REPLACING = named('isSubstitution', 'isSubstitute', 'isReplacement');
const PHARMACY = named('pharmacyInfo', 'prescriptionInfo', 'rxInfo');
const OF_PHARMACY = named('isPetRx', 'isRx', 'isPrescription', 'isPharmacyItem');

/** As a file that tells what was charged, or ordered alone, has it; a sentence for what is no line. */
export function linesFrom({ item, state }: Row, group: number, areCharged: boolean): ReadLine[] | string {
  if (isOfPharmacy(item)) return OF_A_PHARMACY;
  const known = knownOf(item, group);
  if (known.name === null && known.usItemId === null) return 'It has no name.';
  const own = areCharged ? chargedLine(item, state, known) : orderedLine(item, known);
  const added = listIn(item, ADDED).flatMap((one): ReadLine[] => {
    const lines = linesFrom({ item: one, state: own.state ?? state }, group, areCharged);
    return typeof lines === 'string' ? [] : lines;
  });
  return [own, ...added];
}

export const OF_A_PHARMACY = 'It is of a pharmacy, and such are not kept.';

/** What is told of medicines is dropped; that nothing is told of them is told by null, false and an empty object. */
function isOfPharmacy(item: Members): boolean {
  const info = member(item, PHARMACY);
  const isTold = isMembers(info)
    ? Object.values(info).some((value) => value !== null && value !== false)
    : Boolean(info);
  const product = membersIn(item, PRODUCT);
  return isTold || isTrue(member(item, OF_PHARMACY)) || (product !== null && product !== item && isOfPharmacy(product));
}

const isTrue = (value: unknown): boolean => value === true || value === 'true';

type Known = Pick<ReadLine, 'name' | 'isCut' | 'usItemId' | 'offerId' | 'group' | 'measure' | 'unitCents' | 'wasCents'>;

function knownOf(item: Members, group: number): Known {
  const product = membersIn(item, PRODUCT) ?? item;
  const name = nameOf(textIn(product, NAME) ?? textIn(item, NAME));
  const id = textIn(product, ITEM_ID) ?? textIn(item, ITEM_ID);
  const offerId = textIn(product, OFFER_ID) ?? textIn(item, OFFER_ID);
  const prices = membersIn(item, PRICES) ?? item;
  const measure = measureIn(item);
  return {
    name,
    isCut: name !== null && /(…|\.\.\.)$/.test(name),
    usItemId: id !== null && /^\d{4,15}$/.test(id) ? id : itemIdOf(textIn(product, LINK)),
    offerId: offerId !== null && /^[0-9A-F]{16,64}$/i.test(offerId) ? offerId : null,
    group,
    measure,
    unitCents: unitCentsOf(item, prices, measure),
    wasCents: centsIn(member(prices, STRUCK)) || null,
  };
}

/** What a quantity is told with beside it: `1.66 lb`. A quantity that is no whole number is one, by its label. */
function measureIn(item: Members): Measure | null {
  const [text, label] = [member(item, WEIGHED), member(item, LABEL)];
  const told = measureOf(text);
  if (told !== null) return told;
  const quantity = member(item, QUANTITY);
  const isWhole = Number.isInteger(Number(quantity));
  return quantity === undefined || isWhole ? null : measureOf(quantity, label);
}

/** Of one, or by weight of one unit of it; what is shown by another measure (`21 ¢/oz`) is the price of neither. */
function unitCentsOf(item: Members, prices: Members, measure: Measure | null): number | null {
  const [unit, each] = [UNIT_PRICE, ITEM_PRICE].map((by) => member(prices, by));
  const [ofUnit, ofEach] = [unitCentsIn(unit), unitCentsIn(each)];
  if (measure !== null) return ofUnit ?? ofEach;
  const isByMeasure = isMembers(unit) && /\/\s*(?!ea)/i.test(String(unit.displayValue ?? ''));
  const [quantity, cents] = [quantityIn(item), lineCentsIn(item)];
  const fits = [ofUnit, ofEach].find(
    (one) => one !== null && quantity !== null && cents !== null && Math.abs(one * quantity - cents) < 1,
  );
  return fits ?? (isByMeasure ? ofEach : (ofUnit ?? ofEach));
}

function quantityIn(item: Members): number | null {
  const told = quantityOf(member(item, QUANTITY)) ?? quantityOf(member(item, WEIGHED));
  return told !== null && !Number.isInteger(told) && measureIn(item) !== null ? 1 : told;
}

function lineCentsIn(item: Members): number | null {
  const prices = member(item, PRICES);
  return isMembers(prices) && member(prices, LINE_PRICE) !== undefined
    ? centsIn(member(prices, LINE_PRICE))
    : centsIn(member(item, LINE_PRICE));
}

function chargedLine(item: Members, told: LineState, known: Known): ReadLine {
  const [cents, quantity] = [lineCentsIn(item), known.measure ? 1 : quantityIn(item)];
  const state = told === 'bought' ? endIn(item, quantity) : told;
  // What came back was charged before: its price is what it was, whichever sign it is shown with.
  return shownLine(known, state, quantity, state === 'returned' && cents !== null ? Math.abs(cents) : cents);
}

/** What the item itself says became of it. */
function endIn(item: Members, quantity: number | null): LineState {
  if (isTrue(member(item, UNAVAILABLE))) return 'unavailable';
  if (isTrue(member(item, CANCELLED))) return 'cancelled';
  // Of which nothing came: shown to tell something.
  if (quantity === 0) return 'informational';
  const returned = member(item, RETURNED);
  if (isTrue(returned) || (typeof returned === 'string' && returned !== 'false')) return 'returned';
  return isTrue(member(item, REPLACING)) ? 'substituted' : 'bought';
}

function orderedLine(item: Members, known: Known): ReadLine {
  const ordered = { orderedQuantity: known.measure ? 1 : quantityIn(item), orderedCents: lineCentsIn(item) };
  const state = endIn(item, null);
  if (!isCharged(state)) return lineOf({ ...known, ...ordered, state, quantity: 0 });
  return lineOf({ ...known, ...ordered, state: state === 'bought' ? null : state });
}
