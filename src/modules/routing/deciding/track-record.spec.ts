import { DECIDED_AT, line, policy, provider, quote, quoted } from '../../../../test/support/decisions.js';
import type { CartLine } from '../../providers/provider.js';
import type { Answer, Policy } from './policy.js';
import { PRESET_WEIGHTS } from './presets.js';
import { decide } from './quorum.js';
import { score } from './scoring.js';
import { ENOUGH_QUOTES, Seen, type PastQuote } from './track-record.js';

/**
 * A market: 400 products, each with its own price at each shop, which drifts and is halved for a while now and then; carts of 1 to 20 of
 * them. Kroger and Walmart tell neither times nor fees, as in life; MealMe's times vary.
 */
const SHOPS = [
  { facts: provider('KROGER_API', { priority: 70, commissionBps: 200 }), level: 1.02, minutes: null },
  { facts: provider('WALMART_API', { priority: 60, commissionBps: 400 }), level: 0.96, minutes: null },
  { facts: provider('MEALME', { priority: 50, commissionBps: 300 }), level: 1.08, minutes: 45 },
] as const;
const PRODUCTS = 400;

interface Visit {
  items: CartLine[];
  answers: Answer[];
}

function market(seed: number): () => Visit {
  let state = seed;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const bell = () => random() + random() + random() - 1.5;
  const prices = SHOPS.map(({ level }) =>
    Array.from({ length: PRODUCTS }, () => (150 + random() * 900) * level * Math.exp(0.25 * bell())),
  );
  return () => {
    const drifting = prices[Math.floor(random() * SHOPS.length)]!;
    const product = Math.floor(random() * PRODUCTS);
    drifting[product] = drifting[product]! * (random() < 0.02 ? 0.5 : Math.exp(0.05 * bell()));
    const items = Array.from({ length: 1 + Math.floor(random() * 20) }, (_, index): CartLine => {
      // What is popular is asked for most.
      const asked = Math.floor(random() * random() * PRODUCTS);
      return { id: `${index}`, name: `product ${asked}`, quantity: 1, unit: null };
    });
    const answers = SHOPS.map(({ facts, minutes }, shop) => {
      const lines = items.map(({ id, name }) => ({
        ...line('matched', id),
        lineTotalCents: Math.round(prices[shop]![Number(name.slice(8))]!),
      }));
      return quoted(facts.id, {
        itemsCents: lines.reduce((sum, { lineTotalCents }) => sum + lineTotalCents, 0),
        lines,
        deliveryMinutes: minutes === null ? null : { min: 0, max: Math.round(minutes * Math.exp(0.4 * bell())) },
        ...(minutes === null ? { deliveryCents: null, feesCents: null, taxCents: null } : { deliveryCents: 399 }),
      });
    });
    return { items, answers };
  };
}

/** As the database tells it. */
function past({ items, answers }: Visit): PastQuote[] {
  return answers.flatMap(({ providerId, result }) =>
    result.ok && result.offer.kind === 'quote'
      ? [
          {
            ...result.offer,
            providerId,
            items,
            lines: result.offer.lines.map(({ lineId, lineTotalCents }) => ({ lineId, cents: lineTotalCents })),
            minutes: result.offer.deliveryMinutes?.max ?? null,
          },
        ]
      : [],
  );
}

const now = { decidedAt: DECIDED_AT, deadlinePassed: false };
const winnerOf = (rules: Policy, answers: readonly Answer[]) =>
  score(
    rules,
    answers.flatMap(({ providerId, result }) =>
      result.ok && result.offer.kind === 'quote' ? [{ providerId, quote: result.offer }] : [],
    ),
  )[0]?.providerId;

/** Decides `routes` routes in which `slow` comes last; how many closed before it, and how many of those otherwise than with it. */
function simulate(weights: Policy['weights'], slow: string, routes: number, seed: number) {
  const next = market(seed);
  const seen = new Map(SHOPS.map(({ facts }) => [facts.id as string, new Seen()]));
  const learn = (visit: Visit) => past(visit).forEach((one) => seen.get(one.providerId)!.learn(one));
  for (let route = 0; route < 500; route++) learn(next());
  let [early, wrong] = [0, 0];
  for (let route = 0; route < routes; route++) {
    const visit = next();
    const expected = SHOPS.map(({ facts }) => ({ ...facts, seen: seen.get(facts.id)!.bestFor(visit.items) }));
    const rules = policy(expected, { weights });
    const first = visit.answers.filter(({ providerId }) => providerId !== slow);
    const decision = decide(rules, first, now);
    if (decision.kind === 'decided') {
      early++;
      if (winnerOf(rules, visit.answers) !== winnerOf(rules, first)) wrong++;
    }
    learn(visit);
  }
  return { early, wrong };
}

describe('what was seen of a provider lately', () => {
  it('lets 3 of 10 routes with a slow provider close early, and none otherwise than after waiting, over 20,000 routes', () => {
    const runs = SHOPS.map(({ facts }, index) => simulate(PRESET_WEIGHTS.balanced, facts.id, 6667, 11 + index));
    expect(runs.reduce((sum, { wrong }) => sum + wrong, 0)).toBe(0);
    expect(runs.reduce((sum, { early }) => sum + early, 0) / 20_001).toBeGreaterThanOrEqual(0.3);
  });

  it.each(Object.entries(PRESET_WEIGHTS))('closes no route early that would end otherwise under %s', (_, weights) => {
    const wrong = SHOPS.map(({ facts }) => simulate(weights, facts.id, 500, 77).wrong);
    expect(wrong).toEqual([0, 0, 0]);
  });

  const milk = { id: 'a', name: 'milk', quantity: 1, unit: null };
  const bread = { id: 'b', name: 'bread', quantity: 1, unit: null };
  const answer = (cents: number, facts: Partial<PastQuote> = {}): PastQuote => ({
    ...quote({ deliveryCents: null, feesCents: null, taxCents: null }),
    providerId: 'KROGER_API',
    items: [milk],
    lines: [{ lineId: 'a', cents }],
    minutes: null,
    ...facts,
  });
  const seenWith = (...quotes: PastQuote[]) => {
    const seen = new Seen();
    for (let count = 0; count < ENOUGH_QUOTES; count++) quotes.forEach((one) => seen.learn(one));
    return seen;
  };

  it('is nothing before enough quotes are known', () => {
    const seen = new Seen();
    for (let count = 1; count < ENOUGH_QUOTES; count++) seen.learn(answer(500));
    expect(seen.bestFor([milk])).toBeNull();
    seen.learn(answer(500));
    expect(seen.bestFor([milk])).not.toBeNull();
  });

  it('expects no less than 85 % of the lowest price of each line, whatever its id, plus what the provider has never told', () => {
    const seen = seenWith(answer(600), answer(500));
    const expected = Math.floor(500 * 0.85 * 1.08 + 995);
    expect(seen.bestFor([{ ...milk, id: 'other' }])).toEqual({ comparedAtLeastCents: expected, minutesAtLeast: 180 });
  });

  it('expects a line it has not seen for nothing, and the fees and times that were told at their best', () => {
    const told = { deliveryCents: 0, feesCents: 0, taxCents: 0, minutes: 40 };
    expect(seenWith(answer(500, told)).bestFor([milk, bread])).toEqual({
      comparedAtLeastCents: 425,
      minutesAtLeast: 30,
    });
    expect(seenWith(answer(500, told)).bestFor([bread])).toEqual({ comparedAtLeastCents: 1, minutesAtLeast: 30 });
  });
});
