import { z } from 'zod';
import { CURRENCIES } from '../../common/money.js';
import type { Cache } from '../../platform/cache/cache.js';
import type { HttpAnswer, HttpCall } from '../../platform/outgoing/http.client.js';
import { PROVIDER_IDS, type SourceCard, type SourceId } from './cards.js';

/**
 * The whole contract between the core and a grocery provider. A provider is one folder and one line in `registry.ts` (its card); its errors
 * are values (`QuoteResult`), never exceptions. Everything here is plain data: it is stored, published and replayed as it stands.
 */
export const ProviderId = z.enum(PROVIDER_IDS);
export type ProviderId = z.infer<typeof ProviderId>;
export type { SourceId };

/**
 * What may be bought when the very thing asked for cannot be: `never` nothing else; `list` only what answers one of `productNames`, tried
 * in their order among what the provider finds for the line's own name; `similar` the same food in another brand, variety or form, at
 * most `maxPriceIncreasePercent` (20 when absent) dearer per gram, millilitre or piece than the thing itself. A line that says nothing gets
 * no other form: frozen for fresh is offered as an alternative. Allergens are never traded
 * away, nor under `similar` the food and its dietary words. A limit that the caller set refuses where that price is not known.
 */
export const Substitution = z.strictObject({
  policy: z.enum(['never', 'list', 'similar']),
  productNames: z.array(z.string().trim().min(1).max(200)).max(10).optional(),
  maxPriceIncreasePercent: z.number().min(0).max(1000).optional(),
});
export type Substitution = z.infer<typeof Substitution>;

/** One line of a cart, as the caller sent it. `unit` is free text ("gallon", "lb", "each"); null means "one pack". */
export const CartLine = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(200),
  quantity: z.number().positive().max(10_000),
  unit: z
    .string()
    .max(40)
    .nullish()
    .transform((unit) => unit ?? null),
  brand: z.string().max(80).optional(),
  /** Absent: `similar` within 20 %, as grocery services do unless they are told otherwise. */
  substitution: Substitution.optional(),
  /** Allergens to avoid, e.g. "milk", "tree nuts", "gluten". Judged by names and categories alone: it is no medical assurance. */
  allergens: z.array(z.string().trim().min(1).max(60)).max(20).optional(),
  /** Diets that nothing bought may break, e.g. "vegan", "gluten free". Judged by names alone, too. */
  diets: z.array(z.string().trim().min(1).max(60)).max(10).optional(),
  /** Words that a product should have where there is a choice, e.g. "boneless", "unsweetened". None of them is required. */
  preferred: z.array(z.string().trim().min(1).max(40)).max(5).optional(),
  /**
   * The caller has judged the food that the name says against `allergens` and `diets`, as a plan has: what the name alone leaves open
   * is settled, and only what the product's own name adds to it is held against the product.
   */
  judged: z.boolean().optional(),
});
export type CartLine = z.infer<typeof CartLine>;

export const ShippingAddress = z.strictObject({
  street: z.string().min(1).max(200),
  city: z.string().min(1).max(100),
  state: z.string().min(2).max(40),
  postalCode: z.string().min(3).max(12),
  country: z.string().length(2),
});
export type ShippingAddress = z.infer<typeof ShippingAddress>;

export interface QuoteRequest {
  routeId: string;
  tenantId: string;
  /** W3C trace context of the route, for logs. */
  traceparent: string;
  items: readonly CartLine[];
  shippingAddress: ShippingAddress;
  /** Only what the provider says now will do, not what it said for the same cart just before. */
  isFresh?: boolean;
}

/** Why a provider gave no usable quote. The list grows; consumers must accept names they do not know. */
export const FAILURE_REASONS = [
  'timeout', // no complete answer inside the provider's own limit or the deadline
  'unauthorized', // 401 or 403: the credential is wrong or has expired
  'rate_limited', // 429 or their throttle signal
  'unavailable', // 5xx or connection refused
  'bad_request', // other 4xx: they did not accept what we sent
  'invalid_response', // not their schema: garbage, truncated, absurd amounts, wrong currency
  'response_too_large',
  'no_store', // no store serves the address
  'no_match', // not a single line could be matched
  'circuit_open', // not asked: it failed too often just now
  'budget_exhausted', // not asked: today's or this second's calls are used up
  'not_configured', // not asked: no credentials
  'disabled', // not asked: switched off by an operator
  'cancelled', // the route was cancelled while asking
  'overloaded', // we had no time to ask or to hear it; says nothing of the provider
] as const;
export const FailureReason = z.enum(FAILURE_REASONS);
export type FailureReason = z.infer<typeof FailureReason>;
/** It was not asked, so nothing was heard of it. */
export const UNASKED: ReadonlySet<FailureReason> = new Set([
  'circuit_open',
  'budget_exhausted',
  'not_configured',
  'disabled',
  'cancelled',
  'overloaded',
]);

const Cents = z.int().nonnegative();
/** True when the provider gave it for the same request a few minutes before; absent when it was asked for this one. */
const Cached = z.boolean().optional();

/** How one cart line is served: the product chosen, whole packs to cover the need, and the evidence. */
export const QuoteLine = z.object({
  lineId: z.string(),
  status: z.enum(['matched', 'substituted', 'missing', 'ambiguous']),
  productId: z.string().nullable(),
  productName: z.string().nullable(),
  brand: z.string().nullable(),
  /** Size of one pack as the provider states it, e.g. "1 gal". */
  packSize: z.string().nullable(),
  packs: z.int().nonnegative(),
  unitPriceCents: Cents.nullable(),
  lineTotalCents: Cents.nullable(),
  /** 0..1: how sure the match is. */
  confidence: z.number().min(0).max(1),
  /** Short machine-readable facts behind the match, e.g. "name:exact", "size:1 gal>=1 gal". */
  evidence: z.array(z.string()).max(12),
  /** What is left over after whole packs, in the unit asked for; null when it cannot be told. */
  surplus: z.number().nonnegative().nullable(),
  alternatives: z
    .array(
      z.object({
        productId: z.string(),
        productName: z.string(),
        unitPriceCents: Cents.nullable(),
        /** How it differs from what was asked for, e.g. "form:frozen", "brand:other", "size:2x"; empty when it does not. */
        why: z.array(z.string()).max(4).default([]),
      }),
    )
    .max(3),
});
export type QuoteLine = z.infer<typeof QuoteLine>;

/**
 * What was seen before of what a quote offers, as it stood when the quote came: stored with the quote, so that whatever is decided by it
 * can be decided again. Cents are for the line as it is quoted; null where nothing was seen.
 */
const PriceVerdict = z
  .enum(['low', 'usual', 'high', 'unknown'])
  .describe('unknown: too few observations, or too old ones, to tell');
/** Share of what was seen at this price or above: 1 is cheaper than ever. */
const Percentile = z.number().min(0).max(1).nullable();

const LineHistory = z.object({
  lineId: z.string(),
  verdict: PriceVerdict,
  percentile: Percentile,
  n: z.int(),
  lowest: Cents.nullable(),
  median: Cents.nullable(),
  last: Cents.nullable(),
  lowestInDays: z.int().nullable(),
});

const TotalHistory = z.object({
  verdict: PriceVerdict,
  /** Of the lines that could be judged, each by what it costs. */
  percentile: Percentile,
  askedCents: z.int(),
  /** Of the lines that could be judged. */
  judgedCents: z.int(),
  /** What those cost at their medians. */
  usualCents: Cents.nullable(),
});

export const QuoteHistory = z.object({ lines: z.array(LineHistory), total: TotalHistory }).meta({ id: 'QuoteHistory' });
export type QuoteHistory = z.infer<typeof QuoteHistory>;

/** What is asked beside the goods on a step: flat, a share of them, or both, within limits, rounded to the cent, a half up. */
const ChargeStep = z.object({
  fromCents: Cents.describe('of goods of so much on'),
  flatCents: Cents,
  ppm: z.int().nonnegative().describe('of the goods, in millionths'),
  leastCents: Cents,
  mostCents: Cents.nullable(),
});

/**
 * What a provider says of every basket and not only of the one it quoted: the least that it accepts, and each charge by what the goods cost. A part
 * without a charge is not told; one that costs nothing is told as a charge of 0. Steps go up, the first from 0.
 */
export const BasketTerms = z.object({
  minimumCents: Cents.nullable(),
  charges: z.array(z.object({ part: z.enum(['delivery', 'fees', 'tax']), steps: z.array(ChargeStep).min(1).max(20) })),
});
export type BasketTerms = z.infer<typeof BasketTerms>;

/**
 * One normalised quote. Amounts are integer cents of `currency`; null means the provider does not tell, never 0.
 * `totalCents` is the sum of the known parts and `unknownParts` names the others.
 */
export const Quote = z.object({
  kind: z.literal('quote'),
  status: z.enum(['complete', 'partial']),
  currency: z.enum(CURRENCIES),
  itemsCents: Cents,
  feesCents: Cents.nullable(),
  taxCents: Cents.nullable(),
  deliveryCents: Cents.nullable(),
  totalCents: Cents,
  unknownParts: z.array(z.enum(['fees', 'tax', 'delivery'])),
  /** What the platform earns on this order, when known. */
  commissionCents: Cents.nullable(),
  deliveryMinutes: z.object({ min: z.number().nonnegative(), max: z.number().nonnegative() }).nullable(),
  lines: z.array(QuoteLine),
  store: z
    .object({
      id: z.string(),
      name: z.string(),
      /** As the provider tells it, else as the crow flies from the middle of the address's postal code; absent where neither is known. */
      distanceKm: z.number().nonnegative().optional(),
    })
    .nullable(),
  handoffUrl: z.url().nullable(),
  observedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  simulated: z.boolean(),
  /** The provider's own id for this answer (a header or field of theirs), so that an answer can be proven to have been given. */
  providerReference: z.string().nullable(),
  cached: Cached,
  /** Of other baskets than this one; absent where the provider tells nothing of them. */
  terms: BasketTerms.optional(),
  /** Only where the route asked for it. */
  history: QuoteHistory.optional(),
});
export type Quote = z.infer<typeof Quote>;

/** A provider that gives no price but a place to shop. Offered beside the winner, never a winner. */
export const LinkOffer = z.object({
  kind: z.literal('link'),
  url: z.url(),
  expiresAt: z.iso.datetime().nullable(),
  observedAt: z.iso.datetime(),
  simulated: z.boolean(),
  providerReference: z.string().nullable(),
  cached: Cached,
});
export type LinkOffer = z.infer<typeof LinkOffer>;

export const QuoteFailure = z.object({
  reason: FailureReason,
  /** One plain sentence without secrets, e.g. "Provider KROGER_API timed out after 10000ms". */
  detail: z.string().max(500),
  retryAfterMs: z.number().nonnegative().nullable(),
});
export type QuoteFailure = z.infer<typeof QuoteFailure>;

/** What a call came to that was made to see whether it can be. */
export type Probed = { ok: true } | { ok: false; failure: QuoteFailure };

export const QuoteResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), offer: z.discriminatedUnion('kind', [Quote, LinkOffer]) }),
  z.object({ ok: z.literal(false), failure: QuoteFailure }),
]);
export type QuoteResult = z.infer<typeof QuoteResult>;

/** What one provider answered for one route, with how long it took: what is published to `quotes.v1` and stored. */
export const ProviderAnswer = z.object({
  providerId: ProviderId,
  result: QuoteResult,
  /** Milliseconds from asking to the complete answer, on the worker's monotonic clock. */
  latencyMs: z.number().nonnegative(),
  /** Outside HTTP calls made for this answer, token and store look-ups included. */
  calls: z.int().nonnegative(),
});
export type ProviderAnswer = z.infer<typeof ProviderAnswer>;

/** Where and how to reach one provider now: the real host with credentials, or the simulator with the simulator's. */
export interface ProviderSettings {
  baseUrl: string;
  simulated: boolean;
  credentials: Readonly<Record<string, string>>;
  timeoutMs: number;
}

/** Makes the adapter for how a provider is reached now: once for each quote, so it is cheap. Each `<folder>.adapter.ts` exports one as `connect`. */
export type Connect = (settings: ProviderSettings, tools: ProviderTools) => ProviderAdapter;

/** A provider of quotes and links. */
export interface Provider extends SourceCard<ProviderId> {
  readonly connect: Connect;
}

/** A call to a provider. `counts`: which of their limits it counts against; that of the main calls when absent, none when null. */
export type ProviderCall = HttpCall & { counts?: string | null };

/** What the platform hands to an adapter. An adapter imports nothing else from the house. */
export interface ProviderTools {
  http: { call(call: ProviderCall, signal: AbortSignal): Promise<HttpAnswer> };
  cache: Cache;
  /** How long ids of products that served a line may be kept; 0 is not at all. */
  keepProductsMs: number;
}

/** Port: one implementation per provider. Never throws for anything the provider does. */
export abstract class ProviderAdapter {
  abstract quote(request: QuoteRequest, signal: AbortSignal): Promise<QuoteResult>;
  /** Whether the credentials hold, by the cheapest call that shows it, and none that is kept. */
  abstract probe(signal: AbortSignal): Promise<Probed>;
}

/** Port: what was seen of prices before, asked by whoever needs it to weigh a quote, and answered by the room that keeps them. */
export abstract class PriceHistory {
  /** Of the served lines of one provider's quote to this tenant. */
  abstract of(
    tenantId: string,
    providerId: string,
    currency: string,
    lines: readonly QuoteLine[],
  ): Promise<QuoteHistory>;
}

/** How what a provider quoted lately compares with what it then asked and took; percents are of the quoted, above 0 dearer. */
export const Honesty = z.object({
  confirmations: z.int(),
  unchanged: z.int().describe('confirmed at the very total that was decided, with all its lines'),
  changePercent: z.number().nullable(),
  receipts: z.int().describe('imported orders that were found to be of a confirmed route'),
  receiptLines: z.int(),
  receiptPercent: z.number().nullable(),
});
export type Honesty = z.infer<typeof Honesty>;

/** Port: how honest quotes were, answered by the room that keeps prices. */
export abstract class QuoteHonesty {
  /** By provider, over the last 90 days; who was confirmed by nobody is not in it. */
  abstract lately(): Promise<ReadonlyMap<string, Honesty>>;
}
