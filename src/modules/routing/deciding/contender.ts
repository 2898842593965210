import type { Quote, QuoteLine } from '../../providers/provider.js';
import { ASSUMPTIONS, type Assumption, type ExpectedProvider } from './policy.js';

/**
 * A quote reduced to the facts that scoring compares. Every fact but the price stands for itself, whoever else answered: that is what
 * makes "could anyone still win?" answerable (see `quorum.ts`). What a provider does not tell is never taken as free or as best:
 *
 * - a missing delivery price counts as ASSUMED.deliveryCents, missing fees and tax as ASSUMED.feesBps and ASSUMED.taxBps of the items;
 * - lines that are not served count at the average price of the served ones, so that leaving lines out is no way to be cheapest;
 * - an unknown delivery time counts as UNKNOWN_MINUTES;
 * - an unknown commission counts as none;
 * - what nobody saw before counts as neither cheap nor dear.
 */
export interface Contender {
  provider: ExpectedProvider;
  currency: string;
  /** The sum of the known parts, as quoted. */
  totalCents: number;
  /** The price it is ranked by: the total plus whatever had to be assumed; at least 1. */
  comparedCents: number;
  /** The parts of `comparedCents` that are assumed. */
  assumed: Assumption[];
  missingLines: number;
  /** 0..1: share of the lines served, a substitute counting SUBSTITUTE_SHARE. */
  availability: number;
  /** The end of the promised window; null when not told. */
  minutes: number | null;
  commissionBps: number | null;
  /** 0..1: how its prices stand among those seen before; UNKNOWN_HISTORY for lines of which too few were. */
  history: number;
  /** All of it could be judged. */
  isHistoryKnown: boolean;
}

/** The upper end of what grocers usually charge: silence must not beat an honest answer. */
export const ASSUMED = { deliveryCents: 995, feesBps: 500, taxBps: 300 } as const;
export const UNKNOWN_MINUTES = 180;
export const SUBSTITUTE_SHARE = 0.8;
/** A commission of a tenth of the items, or more, is worth the whole factor. */
export const FULL_COMMISSION_BPS = 1000;

/** Neither cheap nor dear. */
const UNKNOWN_HISTORY = 0.5;

export function contender(provider: ExpectedProvider, quote: Quote): Contender {
  const { comparedCents, assumed } = comparedPrice(quote);
  return {
    provider,
    currency: quote.currency,
    totalCents: quote.totalCents,
    comparedCents,
    assumed,
    missingLines: quote.lines.filter((line) => !isServed(line)).length,
    availability: availability(quote.lines),
    minutes: quote.deliveryMinutes?.max ?? null,
    commissionBps: commissionBps(provider, quote),
    history: historyOf(quote),
    isHistoryKnown: quote.history !== undefined && quote.history.total.judgedCents === quote.history.total.askedCents,
  };
}

/**
 * The best answer an outstanding provider can be expected to give: everything in stock, and as cheap and as soon as what was seen of it
 * lately allows; where nothing is known of it at once and for one cent. Its priority, reliability, boost and agreed commission are known
 * already and cannot change.
 */
export function bestCase(provider: ExpectedProvider, currency: string): Contender {
  const cents = provider.seen?.comparedAtLeastCents ?? 1;
  return {
    provider,
    currency,
    totalCents: cents,
    comparedCents: cents,
    assumed: [],
    missingLines: 0,
    availability: 1,
    minutes: provider.seen?.minutesAtLeast ?? 0,
    commissionBps: provider.commissionBps ?? FULL_COMMISSION_BPS,
    history: 1,
    isHistoryKnown: true,
  };
}

export const isServed = (line: QuoteLine): boolean => line.status === 'matched' || line.status === 'substituted';

function comparedPrice(quote: Quote): { comparedCents: number; assumed: Assumption[] } {
  const served = quote.lines.filter(isServed).length;
  const allItemsCents = served === 0 ? quote.itemsCents : Math.round((quote.itemsCents * quote.lines.length) / served);
  const extra: Record<Assumption, number> = {
    delivery: quote.deliveryCents === null ? ASSUMED.deliveryCents : 0,
    fees: quote.feesCents === null ? share(allItemsCents, ASSUMED.feesBps) : 0,
    tax: quote.taxCents === null ? share(allItemsCents, ASSUMED.taxBps) : 0,
    missing_lines: allItemsCents - quote.itemsCents,
  };
  return {
    comparedCents: Math.max(1, quote.totalCents + ASSUMPTIONS.reduce((sum, part) => sum + extra[part], 0)),
    assumed: ASSUMPTIONS.filter((part) => extra[part] > 0),
  };
}

const share = (cents: number, bps: number): number => Math.round((cents * bps) / 10_000);

function availability(lines: readonly QuoteLine[]): number {
  if (lines.length === 0) return 0;
  const worth = { matched: 1, substituted: SUBSTITUTE_SHARE, missing: 0, ambiguous: 0 };
  return lines.reduce((sum, line) => sum + worth[line.status], 0) / lines.length;
}

/** What this order earns, in basis points of its items; a quote can state less than the agreed rate but not more. */
function commissionBps({ commissionBps: agreed }: ExpectedProvider, quote: Quote): number | null {
  if (quote.commissionCents === null || quote.itemsCents === 0) return agreed;
  const stated = (quote.commissionCents / quote.itemsCents) * 10_000;
  return agreed === null ? stated : Math.min(agreed, stated);
}

/** Of the whole cart, by what its lines cost: what could be judged by its percentile, the rest as unknown. */
function historyOf({ history }: Quote): number {
  if (!history || history.total.percentile === null || history.total.askedCents === 0) return UNKNOWN_HISTORY;
  const { percentile, judgedCents, askedCents } = history.total;
  return (judgedCents * percentile + (askedCents - judgedCents) * UNKNOWN_HISTORY) / askedCents;
}
