import { centsOf, currencyIn } from '../../amounts.js';
import { dayOf, instantOf, type DayOrder } from '../../days.js';
import { shortNameOf } from '../../names.js';
import type { Cell } from '../../opening/opened.js';
import type { OrderFacts, TaxLine } from '../../reading.js';
import type { Meaning } from './meanings.js';

/** Order money of a row or of labels, by meaning. Pure. */
const MONEY = {
  subtotalBefore: 'subtotalBeforeCents',
  savings: 'savingsCents',
  subtotal: 'subtotalCents',
  delivery: 'deliveryCents',
  bag: 'bagCents',
  express: 'expressCents',
  tax: 'taxCents',
  tip: 'tipCents',
  refund: 'refundCents',
  donations: 'donationsCents',
  total: 'totalCents',
} as const satisfies Partial<Record<Meaning, keyof OrderFacts>>;

const MONEY_FIELDS = Object.entries(MONEY) as [keyof typeof MONEY, (typeof MONEY)[keyof typeof MONEY]][];
export const MONEY_MEANINGS = Object.keys(MONEY) as (keyof typeof MONEY)[];

/** Which of them a layout writes as 0 when it does not know them. */
export type ZeroMeans = 'known' | 'unknown but for refund, donations and total' | 'unknown';

const KEPT_AS_ZERO: ReadonlySet<Meaning> = new Set(['refund', 'donations', 'total']);
/** Signs are how files show them; they come off all the same. */
const UNSIGNED: ReadonlySet<Meaning> = new Set(['savings', 'refund']);
/** Taxes that are Canada's alone among the countries of the shop. */
const CANADIAN = /\b(gst|hst|pst|qst|rst|tps|tvq|tvh|tvp)\b/i;

/** How a file writes what it says. */
export interface Writing {
  zero: ZeroMeans;
  dayOrder: DayOrder;
  /** Which mark parts cents, where one alone could be either. */
  decimal: '.' | ',';
}

/** The amount of a cell: numbers of sheets have a point whatever the texts beside them have. */
export const centsIn = ({ text, isNumber }: Cell, decimal: '.' | ','): number | null =>
  centsOf(text.trim(), isNumber ? '.' : decimal);

/** What stands for an amount that there is none of. */
const NONE = /^(n\/?a|none|null|unknown|nan|tbd)$/i;

/** Of money that a file shows and that is no amount, a sentence each: it is left out. */
export function notAmounts(cellOf: (meaning: Meaning) => Cell, decimal: '.' | ','): string[] {
  return MONEY_FIELDS.flatMap(([meaning, field]) => {
    const text = cellOf(meaning).text.trim();
    if (!/[\p{L}\p{N}]/u.test(text) || NONE.test(text) || centsIn(cellOf(meaning), decimal) !== null) return [];
    return [`Its ${field} is no amount, and was left out.`];
  });
}

const listOf = (text: string, separator: RegExp): string[] =>
  [...new Set(text.split(separator).map((part) => part.trim()))].filter((part) => part !== '');

/** As `factsIn`, of texts as they are printed in English. */
export const factsOf = (
  textOf: (meaning: Meaning) => string,
  writing: Omit<Writing, 'decimal'>,
  taxes: readonly { label: string; text: string }[] = [],
): Partial<OrderFacts> =>
  factsIn(
    (meaning) => ({ text: textOf(meaning), link: null }),
    { ...writing, decimal: '.' },
    taxes.map(({ label, text }) => ({ label, cell: { text, link: null } })),
  );

/** `taxes`: the cells of single taxes, by their names; together they are the order's tax where no cell says what it is in all. */
export function factsIn(
  cellOf: (meaning: Meaning) => Cell,
  { zero, dayOrder, decimal }: Writing,
  taxes: readonly { label: string; cell: Cell }[] = [],
): Partial<OrderFacts> {
  const textOf = (meaning: Meaning) => cellOf(meaning).text;
  const facts: Partial<OrderFacts> = {};
  for (const [meaning, field] of MONEY_FIELDS) {
    const cell = cellOf(meaning);
    if (cell.text === '') continue;
    const cents = centsIn(cell, decimal);
    const isUnknown = cents === 0 && (zero === 'unknown' || (zero !== 'known' && !KEPT_AS_ZERO.has(meaning)));
    if (cents !== null && !isUnknown) facts[field] = UNSIGNED.has(meaning) ? Math.abs(cents) : cents;
  }
  const taxLines = taxes.flatMap(({ label, cell }) => taxLineOf(label, centsIn(cell, decimal)));
  if (taxLines.length > 0) {
    facts.taxLines = taxLines;
    facts.taxCents ??= taxLines.reduce((sum, { cents }) => sum + cents, 0);
  }
  const currency = currencyIn(textOf('currency')) ?? currencyIn(textOf('total')) ?? currencyIn(textOf('price'));
  facts.currency = currency ?? (taxLines.some(({ label }) => CANADIAN.test(label)) ? 'CAD' : null);
  const number = textOf('number').trim();
  const shown = number.replace(/^TC\s?#\s*/i, '');
  if (/[-# ]/.test(shown)) facts.displayNumber = shortNameOf(shown, 40);
  facts.orderedOn = dayOf(textOf('isoDay')) ?? dayOf(textOf('day'), dayOrder);
  facts.orderedAt = instantOf(textOf('day'));
  facts.channel = channelOf(textOf('type'));
  facts.deliveredOn = dayOf(textOf('deliveredOn'), dayOrder);
  const [fulfillments, sellers, tracking] = [textOf('fulfillments'), textOf('sellers'), textOf('tracking')];
  if (fulfillments !== '') facts.fulfillments = listOf(fulfillments, /[,;]/);
  if (sellers !== '') facts.sellers = listOf(sellers, /[,;]/);
  facts.tracking = tracking === '' ? null : listOf(tracking, /[,;]/);
  facts.storeNumber =
    /(?:#\s?|\b(?:nr|no|num|store|filiale|magasin|tienda)\b\.?\s?|n[°º]\s?|^\s*)(\d{1,6})\b(?!\s*\p{L})/iu.exec(
      textOf('store'),
    )?.[1] ?? null;
  return facts;
}

function taxLineOf(label: string, cents: number | null): TaxLine[] {
  if (cents === null) return [];
  const rate = /(\d{1,2}(?:[.,]\d{1,4})?) ?%/.exec(label)?.[1];
  const name = label.replaceAll(/[(),]|[\d.,]+ ?%/g, ' ').replaceAll(/\s+/g, ' ');
  return [{ label: name.trim(), ratePercent: rate === undefined ? null : Number(rate.replace(',', '.')), cents }];
}

function channelOf(text: string): OrderFacts['channel'] {
  const words = text.toLowerCase();
  if (/store/.test(words)) return 'store';
  return /online|glass|delivery|pickup|shipping/.test(words) ? 'online' : null;
}
