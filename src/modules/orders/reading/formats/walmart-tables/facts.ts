import { centsOf } from '../../amounts.js';
import { dayOf, instantOf, type DayOrder } from '../../days.js';
import type { OrderFacts } from '../../reading.js';
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

/** Which of them a layout writes as 0 when it does not know them. */
export type ZeroMeans = 'known' | 'unknown but for refund, donations and total' | 'unknown';

const KEPT_AS_ZERO: ReadonlySet<Meaning> = new Set(['refund', 'donations', 'total']);
/** Signs are how files show them; they come off all the same. */
const UNSIGNED: ReadonlySet<Meaning> = new Set(['savings', 'refund']);

const listOf = (text: string, separator: RegExp): string[] =>
  [...new Set(text.split(separator).map((part) => part.trim()))].filter((part) => part !== '');

export function factsOf(
  textOf: (meaning: Meaning) => string,
  { zero, dayOrder }: { zero: ZeroMeans; dayOrder: DayOrder },
): Partial<OrderFacts> {
  const facts: Partial<OrderFacts> = {};
  for (const [meaning, field] of MONEY_FIELDS) {
    const cents = centsOf(textOf(meaning));
    const isUnknown = cents === 0 && (zero === 'unknown' || (zero !== 'known' && !KEPT_AS_ZERO.has(meaning)));
    if (cents !== null && !isUnknown) facts[field] = UNSIGNED.has(meaning) ? Math.abs(cents) : cents;
  }
  const number = textOf('number').trim();
  const shown = number.replace(/^TC\s?#\s*/i, '');
  if (/[-# ]/.test(shown)) facts.displayNumber = shown.slice(0, 40);
  facts.orderedOn = dayOf(textOf('isoDay')) ?? dayOf(textOf('day'), dayOrder);
  facts.orderedAt = instantOf(textOf('day'));
  facts.channel = channelOf(textOf('type'));
  facts.deliveredOn = dayOf(textOf('deliveredOn'), dayOrder);
  const [fulfillments, sellers, tracking] = [textOf('fulfillments'), textOf('sellers'), textOf('tracking')];
  if (fulfillments !== '') facts.fulfillments = listOf(fulfillments, /[,;]/);
  if (sellers !== '') facts.sellers = listOf(sellers, /[,;]/);
  facts.tracking = tracking === '' ? null : listOf(tracking, /[,;]/);
  const store = textOf('store');
  facts.storeNumber = /#\s?(\d{1,6})\b/.exec(store)?.[1] ?? null;
  return facts;
}

function channelOf(text: string): OrderFacts['channel'] {
  const words = text.toLowerCase();
  if (/store/.test(words)) return 'store';
  return /online|glass|delivery|pickup|shipping/.test(words) ? 'online' : null;
}
