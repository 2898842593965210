/** What a file of orders says, before it is merged with what other files say. Pure: no I/O, no clock. */

export const RETAILERS = ['walmart', 'instacart', 'kroger', 'amazon'] as const;
export type Retailer = (typeof RETAILERS)[number];

export const LINE_STATES = ['bought', 'substituted', 'unavailable', 'cancelled', 'returned', 'informational'] as const;
export type LineState = (typeof LINE_STATES)[number];

/** Weighed goods: `quantity` is 1 and the measure says how much it was. */
export interface Measure {
  value: number;
  unit: string;
}

/** Money in the smallest unit of the order's currency. Null: the file does not tell. */
export interface ReadLine {
  name: string | null;
  /** As a till prints it, cut short. */
  receiptName: string | null;
  /** Whether the name is cut off. */
  isCut: boolean;
  usItemId: string | null;
  offerId: string | null;
  upc: string | null;
  asin: string | null;
  /** The retailer's own id where it has no name of its own above. */
  externalId: string | null;
  /** What was charged; 0 for what did not come. */
  quantity: number | null;
  orderedQuantity: number | null;
  measure: Measure | null;
  /** Of one, or of one unit of the measure; thousandths are kept. */
  unitCents: number | null;
  /** What was charged for the line; 0 for what did not come. */
  lineCents: number | null;
  /** What the row shows, charged or not. */
  listedCents: number | null;
  orderedCents: number | null;
  wasCents: number | null;
  /** Null: the file says nothing of how it ended. */
  state: LineState | null;
  /** Position of the line that it came for. */
  substitutedFor: number | null;
  /** The shipment, counted from 1. */
  group: number | null;
  taxCode: string | null;
  size: string | null;
}

export interface TaxLine {
  label: string;
  ratePercent: number | null;
  cents: number;
}
export interface Fee {
  kind: 'delivery' | 'bag' | 'express' | 'other';
  label: string;
  cents: number;
  wasCents: number | null;
}
export interface Charge {
  on: string | null;
  cents: number;
}

/** What of an order a file can tell beside its lines. Fields that are null are unknown, never nothing. */
export interface OrderFacts {
  displayNumber: string | null;
  channel: 'online' | 'store' | null;
  /** RFC 3339 in UTC; null when the time or its zone is not told. */
  orderedAt: string | null;
  /** The day on the wall where it was ordered. */
  orderedOn: string | null;
  zone: string | null;
  storeNumber: string | null;
  storeName: string | null;
  status: string | null;
  currency: string | null;
  subtotalBeforeCents: number | null;
  savingsCents: number | null;
  subtotalCents: number | null;
  deliveryCents: number | null;
  bagCents: number | null;
  expressCents: number | null;
  feesCents: number | null;
  fees: Fee[] | null;
  taxCents: number | null;
  taxLines: TaxLine[] | null;
  tipCents: number | null;
  donationsCents: number | null;
  refundCents: number | null;
  totalCents: number | null;
  fulfillments: string[] | null;
  sellers: string[] | null;
  tracking: string[] | null;
  deliveredOn: string | null;
  isFuel: boolean | null;
  charges: Charge[] | null;
  payments: { type: string; cents: number }[] | null;
}

/** How its lines are to be taken: what was charged, what was ordered, only those whose end changed, or that they are not told. */
export type LinesAre = 'charged' | 'ordered' | 'changes' | 'unknown';

export interface ReadOrder extends OrderFacts {
  retailer: Retailer;
  /** Digits or letters of the number as text; null when the file has none. */
  numberKey: string | null;
  linesAre: LinesAre;
  lines: ReadLine[];
  /** When what it says was so, RFC 3339 in UTC, where the file tells: later corrects earlier. */
  asOf: string | null;
  /** It tells only of an order that another file brings: no order of its own. */
  isEvidence: boolean;
  /** Its money is what was expected, and not what was charged. */
  isEstimate: boolean;
  /** It names no number because its format has none: its day and its shop are its key. */
  isWholeDay: boolean;
  /** Where it is of another format than its file, which holds several. */
  format?: string;
  /** Of what the household says: whose amounts of lines hold, as the choices of the question have it. */
  lineAmounts?: string;
  /** The file as its sender knows it. */
  file?: string;
}

export interface Skipped {
  /** Where in the file: `row 7`, `entry 12`. */
  where: string;
  reason: string;
}
export interface Question {
  code: string;
  text: string;
  /** Of a question that can be answered: what it is about, and what may be chosen, the first of which holds until then. */
  id?: string;
  about?: { retailer: Retailer; number: string; field: string };
  choices?: { id: string; label: string; value: number | string }[];
  answer?: string | null;
}
/** A shopping list: wanted, not bought. */
export interface ReadCart {
  title: string;
  lines: { name: string; quantity: number | null; unit: string | null; note: string | null; isDone: boolean }[];
}

/** Money that went somewhere, of no order that is named. */
export interface ReadCharge {
  on: string | null;
  cents: number;
}

export interface Reading {
  format: string;
  /** By what it was recognised. */
  toldBy: string;
  orders: ReadOrder[];
  carts: ReadCart[];
  charges?: ReadCharge[];
  skipped: Skipped[];
  questions: Question[];
  /** What places of the file tell differently. */
  differing?: ToldDifferently[];
}

/** One fact of one order that is told in several ways. */
export interface ToldDifferently {
  retailer: Retailer;
  numberKey: string | null;
  orderedOn?: string | null;
  field: string;
  /** Each with who or what place tells it. The first holds until it is answered. */
  values: { value: number | string; by: string; shown?: string }[];
}

export interface Refusal {
  /** A sentence for who sent the file: why, and what to do. */
  refused: string;
}

export interface SourceFile {
  name: string | null;
  bytes: Uint8Array;
}

/** Thrown within reading alone; its door answers it as a Refusal. */
export class Unreadable extends Error {}

export const noFacts = (): OrderFacts => ({
  displayNumber: null,
  channel: null,
  orderedAt: null,
  orderedOn: null,
  zone: null,
  storeNumber: null,
  storeName: null,
  status: null,
  currency: null,
  subtotalBeforeCents: null,
  savingsCents: null,
  subtotalCents: null,
  deliveryCents: null,
  bagCents: null,
  expressCents: null,
  feesCents: null,
  fees: null,
  taxCents: null,
  taxLines: null,
  tipCents: null,
  donationsCents: null,
  refundCents: null,
  totalCents: null,
  fulfillments: null,
  sellers: null,
  tracking: null,
  deliveredOn: null,
  isFuel: null,
  charges: null,
  payments: null,
});

const NO_LINE: ReadLine = {
  name: null,
  receiptName: null,
  isCut: false,
  usItemId: null,
  offerId: null,
  upc: null,
  asin: null,
  externalId: null,
  quantity: null,
  orderedQuantity: null,
  measure: null,
  unitCents: null,
  lineCents: null,
  listedCents: null,
  orderedCents: null,
  wasCents: null,
  state: null,
  substitutedFor: null,
  group: null,
  taxCode: null,
  size: null,
};

export const lineOf = (known: Partial<ReadLine>): ReadLine => ({ ...NO_LINE, ...known });

export const orderOf = (
  known: Partial<ReadOrder> & Pick<ReadOrder, 'retailer' | 'numberKey' | 'linesAre'>,
): ReadOrder => ({
  ...noFacts(),
  lines: [],
  asOf: null,
  isEvidence: false,
  isEstimate: false,
  isWholeDay: false,
  ...known,
});

/** Whether money was taken for a line in this state. */
export const isCharged = (state: LineState | null): boolean =>
  state === null || state === 'bought' || state === 'substituted' || state === 'returned';

/** A row that shows a price whatever became of it: what did not come is charged 0, and keeps what it shows. */
export function shownLine(known: Partial<ReadLine>, state: LineState, quantity: number | null, cents: number | null) {
  return isCharged(state)
    ? lineOf({ ...known, state, quantity, lineCents: cents, listedCents: cents })
    : lineOf({
        ...known,
        state,
        quantity: 0,
        orderedQuantity: quantity,
        lineCents: cents === null ? null : 0,
        listedCents: cents,
      });
}
