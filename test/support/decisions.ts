import fc from 'fast-check';
import type { ProviderId, Quote, QuoteFailure, QuoteLine } from '../../src/modules/providers/provider.js';
import {
  FACTORS,
  POLICY_VERSION,
  type Answer,
  type ExpectedProvider,
  type Policy,
  type Weights,
} from '../../src/modules/routing/deciding/policy.js';

/** Policies, quotes and answers for tests of decisions: plain ones to start from, and arbitrary ones for properties. */

export const DECIDED_AT = '2026-06-01T12:00:00.000Z';
export const SEED_WEIGHTS: Weights = {
  priority: 1,
  price: 0.3,
  speed: 0.15,
  commission: 0.2,
  availability: 0.25,
  reliability: 0.1,
};
export const NO_WEIGHTS: Weights = { priority: 0, price: 0, speed: 0, commission: 0, availability: 0, reliability: 0 };

/** Any text as a provider's id: decisions must not depend on which providers exist. */
export const id = (name: string): ProviderId => name as ProviderId;

export const provider = (name: string, facts: Partial<ExpectedProvider> = {}): ExpectedProvider => ({
  id: id(name),
  name,
  priority: 50,
  linkOnly: false,
  boost: 0,
  commissionBps: 300,
  reliability: 0.95,
  timeoutMs: 8000,
  seen: null,
  ...facts,
});

export const policy = (expected: readonly ExpectedProvider[], facts: Partial<Policy> = {}): Policy => ({
  version: POLICY_VERSION,
  weights: SEED_WEIGHTS,
  preset: null,
  quorum: { at: 2, strict: false },
  allowPartial: true,
  deadlineMs: 8000,
  expected: [...expected],
  ...facts,
});

export const line = (status: QuoteLine['status'] = 'matched', lineId = 'milk'): QuoteLine => ({
  lineId,
  status,
  productId: null,
  productName: null,
  brand: null,
  packSize: null,
  packs: 1,
  unitPriceCents: null,
  lineTotalCents: null,
  confidence: 1,
  evidence: [],
  surplus: null,
  alternatives: [],
});

/** A quote whose total is the sum of its known parts, everything known and free of charge unless said otherwise. */
export function quote(facts: Partial<Quote> = {}): Quote {
  const parts = {
    itemsCents: 3000,
    feesCents: 0,
    taxCents: 0,
    deliveryCents: 0,
    ...facts,
  };
  const lines = facts.lines ?? [line()];
  return {
    kind: 'quote',
    status: lines.every(({ status }) => status === 'matched' || status === 'substituted') ? 'complete' : 'partial',
    currency: 'USD',
    totalCents: parts.itemsCents + (parts.feesCents ?? 0) + (parts.taxCents ?? 0) + (parts.deliveryCents ?? 0),
    unknownParts: [],
    commissionCents: null,
    deliveryMinutes: { min: 30, max: 60 },
    store: null,
    handoffUrl: null,
    observedAt: '2026-06-01T11:59:59.000Z',
    expiresAt: '2026-06-01T12:05:00.000Z',
    simulated: true,
    providerReference: null,
    ...parts,
    lines,
  };
}

/** Of 1,000 cents so many could be judged. */
export const seenBefore = (percentile: number, judgedCents = 1000): NonNullable<Quote['history']> => ({
  lines: [],
  total: { verdict: 'usual', percentile, askedCents: 1000, judgedCents, usualCents: judgedCents },
});

const stored = (name: string, result: Answer['result'], facts: Partial<Answer>): Answer => ({
  providerId: id(name),
  result,
  latencyMs: 40,
  atMs: 50,
  late: false,
  ...facts,
});

export const quoted = (name: string, offer: Partial<Quote> = {}, facts: Partial<Answer> = {}): Answer =>
  stored(name, { ok: true, offer: quote(offer) }, facts);

export const failed = (name: string, reason: QuoteFailure['reason'] = 'timeout', facts: Partial<Answer> = {}): Answer =>
  stored(name, { ok: false, failure: { reason, detail: `${name}: ${reason}`, retryAfterMs: null } }, facts);

export const linked = (name: string, expiresAt: string | null = null): Answer =>
  stored(
    name,
    {
      ok: true,
      offer: {
        kind: 'link',
        url: `https://shop.example/${name}`,
        expiresAt,
        observedAt: DECIDED_AT,
        simulated: true,
        providerReference: null,
      },
    },
    {},
  );

export const anyWeights: fc.Arbitrary<Weights> = fc
  .tuple(
    ...FACTORS.map(() =>
      fc.oneof(
        fc.constant(0),
        fc.integer({ min: 1, max: 10_000 }).map((value) => value / 1000),
      ),
    ),
  )
  .filter((values) => values.some((value) => value > 0))
  .map((values) => Object.fromEntries(FACTORS.map((factor, index) => [factor, values[index]])) as Weights);

export const anyProvider = (name: string): fc.Arbitrary<ExpectedProvider> =>
  fc
    .record({
      priority: fc.integer({ min: 0, max: 100 }),
      boost: fc.constantFrom(0, 0, 0, 0.1),
      commissionBps: fc.option(fc.integer({ min: 0, max: 1500 })),
      reliability: fc.integer({ min: 0, max: 10_000 }).map((value) => value / 10_000),
    })
    .map((facts) => provider(name, facts));

const anyLines = fc.array(
  fc.constantFrom<QuoteLine['status']>('matched', 'matched', 'substituted', 'missing', 'ambiguous'),
  {
    minLength: 1,
    maxLength: 5,
  },
);

const anyCents = (max: number) => fc.option(fc.integer({ min: 0, max }), { freq: 2 });

export const anyQuote: fc.Arbitrary<Quote> = fc
  .record({
    itemsCents: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 30_000 })),
    feesCents: anyCents(1000),
    taxCents: anyCents(1000),
    deliveryCents: anyCents(1500),
    commissionCents: anyCents(2000),
    deliveryMinutes: fc.option(
      fc.integer({ min: 0, max: 3000 }).map((max) => ({ min: 0, max })),
      { freq: 2 },
    ),
    history: fc.option(
      fc
        .record({ percentile: fc.integer({ min: 0, max: 10_000 }), judgedCents: fc.integer({ min: 1, max: 1000 }) })
        .map(({ percentile, judgedCents }) => seenBefore(percentile / 10_000, judgedCents)),
      { nil: undefined },
    ),
    lines: anyLines.map((statuses) =>
      ['matched' as const, ...statuses].map((status, index) => line(status, `${index}`)),
    ),
  })
  .map((facts) => quote(facts));

/** A quote, or one of the many ways of not being one. */
export const anyAnswer = (name: string): fc.Arbitrary<Answer> =>
  fc.oneof(
    { weight: 6, arbitrary: anyQuote.map((offer) => quoted(name, offer)) },
    { weight: 1, arbitrary: fc.constant(failed(name)) },
    { weight: 1, arbitrary: fc.constant(linked(name)) },
    { weight: 1, arbitrary: fc.constant(quoted(name, { currency: 'DKK' })) },
    { weight: 1, arbitrary: fc.constant(quoted(name, { expiresAt: DECIDED_AT })) },
    { weight: 1, arbitrary: fc.constant(quoted(name, { lines: [line('missing')] })) },
  );

/** The best quote a provider could come with: everything, now, for one cent, at the largest commission it may state. */
export const dreamQuote = ({ id: name, commissionBps }: ExpectedProvider): Answer =>
  quoted(name, {
    itemsCents: 1,
    commissionCents: commissionBps === null ? 1 : null,
    deliveryMinutes: { min: 0, max: 0 },
    history: seenBefore(1),
  });

/** A policy over 1..`most` providers with one answer of each, of which any number may have come in yet. */
export const anyRoute = (most = 8, weights: fc.Arbitrary<Weights> = anyWeights) =>
  fc.integer({ min: 1, max: most }).chain((count) => {
    const names = Array.from({ length: count }, (_, index) => `P${String(index).padStart(2, '0')}`);
    return fc.record({
      policy: fc
        .record({
          weights,
          historyWeight: fc.constantFrom(...Array.from({ length: 6 }, () => undefined), 0.3, 5),
          allowPartial: fc.constantFrom<Policy['allowPartial']>(true, true, false, 'cheapest'),
          quorum: fc.record({ at: fc.integer({ min: 1, max: count }), strict: fc.boolean() }),
          expected: fc.tuple(...names.map(anyProvider)),
        })
        .map(({ expected, ...facts }) => policy(expected, facts)),
      answers: fc.tuple(...names.map(anyAnswer)) as fc.Arbitrary<Answer[]>,
      answered: fc.integer({ min: 0, max: count }),
    });
  });
