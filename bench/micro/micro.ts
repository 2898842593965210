import type { ProviderId, Quote } from '../../src/modules/providers/provider.js';
import { buildOutcome } from '../../src/modules/routing/deciding/outcome.js';
import { POLICY_VERSION, type Answer, type Policy } from '../../src/modules/routing/deciding/policy.js';
import { decide } from '../../src/modules/routing/deciding/quorum.js';
import { score } from '../../src/modules/routing/deciding/scoring.js';

/** node dev/run.mjs bench/micro/micro: the pure part of a decision alone, by how many providers have answered. */
const DECIDED_AT = '2026-06-01T12:00:00.000Z';
const TIMED_MS = 500;

function policyOf(count: number): Policy {
  return {
    version: POLICY_VERSION,
    weights: { priority: 1, price: 0.3, speed: 0.15, commission: 0.2, availability: 0.25, reliability: 0.1 },
    preset: null,
    quorum: { at: 2, strict: false },
    allowPartial: true,
    deadlineMs: 8000,
    expected: Array.from({ length: count }, (_none, index) => ({
      id: idOf(index),
      name: idOf(index),
      priority: 50 + index,
      linkOnly: false,
      boost: 0,
      commissionBps: 300,
      reliability: 0.95,
      seen: null,
      timeoutMs: 8e3,
    })),
  };
}

const idOf = (index: number): ProviderId => `PROVIDER_${index}` as ProviderId;

function quoteOf(index: number): Quote {
  const totalCents = 3000 + index * 17;
  return {
    kind: 'quote',
    status: 'complete',
    currency: 'USD',
    itemsCents: totalCents,
    totalCents,
    feesCents: null,
    taxCents: null,
    deliveryCents: null,
    unknownParts: ['fees', 'tax', 'delivery'],
    commissionCents: null,
    deliveryMinutes: null,
    store: null,
    handoffUrl: null,
    simulated: true,
    observedAt: '2026-06-01T11:59:59.000Z',
    expiresAt: '2026-06-01T12:05:00.000Z',
    providerReference: null,
    lines: Array.from({ length: 10 }, (_none, line) => ({
      lineId: String(line),
      status: 'matched' as const,
      productId: 'p',
      productName: 'p',
      brand: null,
      packSize: null,
      packs: 1,
      unitPriceCents: 300,
      lineTotalCents: 300,
      confidence: 1,
      evidence: [],
      surplus: null,
      alternatives: [],
    })),
  };
}

function perSecond(work: () => unknown): number {
  for (let warm = 0; warm < 2000; warm++) work();
  const from = performance.now();
  let done = 0;
  while (performance.now() - from < TIMED_MS) for (let batch = 0; batch < 50; batch++, done++) work();
  return Math.round((done / (performance.now() - from)) * 1000);
}

for (const count of [3, 10, 20]) {
  const policy = policyOf(count);
  const answers: Answer[] = policy.expected.map(({ id }, index) => ({
    providerId: id,
    result: {
      ok: true,
      offer: quoteOf(index),
    },
    latencyMs: 80,
    atMs: 90 + index,
    late: false,
  }));
  const quoted = policy.expected.map(({ id }, index) => ({ providerId: id, quote: quoteOf(index) }));
  const now = { decidedAt: DECIDED_AT, deadlinePassed: false };
  const early = answers.slice(0, 2);
  const decided = { kind: 'decided', rule: 'all_answered', decidedAt: DECIDED_AT } as const;
  const rows: [string, () => unknown][] = [
    ['score', () => score(policy, quoted)],
    ['decide, two of them in', () => decide(policy, early, now)],
    ['decide, all in', () => decide(policy, answers, now)],
    ['outcome with margins and reasons', () => buildOutcome(policy, answers, decided, 100)],
  ];
  for (const [what, work] of rows) console.log(`${count} providers, ${what}: ${perSecond(work)} per second`);
}
