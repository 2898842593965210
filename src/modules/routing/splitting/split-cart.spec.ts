import { DECIDED_AT, id, line, policy, provider, quote } from '../../../../test/support/decisions.js';
import type { BasketTerms, Quote, QuoteLine } from '../../providers/provider.js';
import { buildOutcome } from '../deciding/outcome.js';
import { decide } from '../deciding/quorum.js';
import type { Answer } from '../deciding/policy.js';
import { splitCart } from './split-cart.js';
import { SplitWish } from './split.js';

type Step = BasketTerms['charges'][number]['steps'][number];
const step = (fromCents: number, flatCents: number): Step => ({
  fromCents,
  flatCents,
  ppm: 0,
  leastCents: 0,
  mostCents: null,
});
const terms = (minimumCents: number | null, deliveryCents: number, freeFrom: number | null = null): BasketTerms => ({
  minimumCents,
  charges: [
    { part: 'delivery', steps: [step(0, deliveryCents), ...(freeFrom === null ? [] : [step(freeFrom, 0)])] },
    { part: 'fees', steps: [step(0, 0)] },
    { part: 'tax', steps: [step(0, 0)] },
  ],
});
const lines = (prices: Record<string, number | null>): QuoteLine[] =>
  Object.entries(prices).map(([lineId, cents]) => ({
    ...line(cents === null ? 'missing' : 'matched', lineId),
    lineTotalCents: cents,
  }));
const answer = (name: string, facts: Partial<Quote>): Answer => ({
  providerId: id(name),
  result: { ok: true, offer: quote(facts) },
  latencyMs: 1,
  atMs: 1,
  late: false,
});
const ask = (answers: Answer[], wish: Partial<SplitWish> = {}) =>
  splitCart({
    policy: policy(answers.map(({ providerId }) => provider(providerId))),
    answers,
    decidedAt: DECIDED_AT,
    wish: SplitWish.parse(wish),
  });

describe('a cart that is fetched', () => {
  const at = (name: string, distanceKm: number | undefined, prices: Record<string, number>) =>
    answer(name, {
      terms: terms(0, 0),
      lines: lines(prices),
      store: { id: name, name, ...(distanceKm === undefined ? {} : { distanceKm }) },
    });
  const [near, far] = [at('NEAR', 1, { milk: 400, rice: 900 }), at('FAR', 10, { milk: 350, rice: 200 })];

  it('counts the way to each store and back, and goes nowhere that saves less', () => {
    expect(
      ask([near, far], { mode: 'pickup', perKmCents: 10 }).stops.map(({ stopCostCents }) => stopCostCents),
    ).toEqual([200]);
    expect(ask([near, far], { mode: 'pickup', perKmCents: 50 }).stops[0]).toMatchObject({
      providerId: 'NEAR',
      stopCostCents: 100,
    });
    expect(ask([near, far], { perKmCents: 50 }).stops[0]).toMatchObject({ providerId: 'FAR', stopCostCents: 0 });
  });

  it('is never proven where the way to a store is not told', () => {
    const lost = at('LOST', undefined, { milk: 100, rice: 100 });
    const split = ask([near, lost], { mode: 'pickup', perKmCents: 10 });
    expect(split).toMatchObject({
      provenOptimal: false,
      stops: [{ providerId: 'LOST', assumed: ['distance'], stopCostCents: 200 }],
    });
  });
});

describe('a cart split over stores', () => {
  const near = answer('NEAR', { terms: terms(0, 300), lines: lines({ milk: 400, rice: 900, eggs: 500, tea: null }) });
  const far = answer('FAR', { terms: terms(0, 200), lines: lines({ milk: 350, rice: 200, eggs: 480, tea: 100 }) });

  it('is bought where all of it costs the least, and told against one store and against each line’s cheapest', () => {
    const third = answer('THIRD', {
      terms: terms(0, 0),
      lines: lines({ milk: 100, rice: null, eggs: null, tea: null }),
    });
    const split = ask([near, far, third]);
    expect(split).toMatchObject({ status: 'complete', totalCents: 100 + 780 + 200, provenOptimal: true, gapCents: 0 });
    expect(split.stops.map(({ providerId, goodsCents }) => [providerId, goodsCents])).toEqual([
      ['FAR', 780],
      ['THIRD', 100],
    ]);
    expect(split.againstSingleStore).toEqual({ providerId: 'FAR', totalCents: 1330, savesCents: 250, uncovered: 0 });
    expect(split.againstCheapestPerLine).toMatchObject({ totalCents: 1080, savesCents: 0, brokenMinimums: [] });
    expect(split.flip).toEqual({ secondBest: ['FAR'], costsMoreCents: 250, provenOptimal: true });
  });

  it('counts each stop, so that a trip has to pay', () => {
    const third = answer('THIRD', {
      terms: terms(0, 0),
      lines: lines({ milk: 100, rice: null, eggs: null, tea: null }),
    });
    expect(ask([far, third], { stopCostCents: 251 }).stops).toHaveLength(1);
    expect(ask([far, third], { stopCostCents: 249 }).stops).toHaveLength(2);
    expect(ask([far, third], { maxStops: 1 }).stops.map(({ providerId }) => providerId)).toEqual(['FAR']);
  });

  it('never buys less than a store accepts, and names what prices alone would break', () => {
    const picky = answer('PICKY', {
      terms: terms(1000, 0),
      lines: lines({ milk: 50, rice: 800, eggs: 600, tea: 400 }),
    });
    const split = ask([far, picky]);
    for (const { slackCents } of split.stops) expect(slackCents).toBeGreaterThanOrEqual(0);
    expect(split.againstCheapestPerLine!.brokenMinimums).toEqual(['PICKY']);
    expect(split.uncovered).toEqual([]);
  });

  it('is never proven by silence: what is not told may be nothing', () => {
    const silent = answer('SILENT', {
      feesCents: null,
      taxCents: null,
      deliveryCents: null,
      unknownParts: ['fees', 'tax', 'delivery'],
      lines: lines({ milk: 300, rice: 150, eggs: 400, tea: 90 }),
    });
    const split = ask([far, silent]);
    expect(split).toMatchObject({ totalCents: 1330, provenOptimal: false, boundCents: 940, gapCents: 390 });
    expect(ask([silent]).stops[0]).toMatchObject({
      assumed: ['delivery', 'fees', 'tax', 'minimum'],
      deliveryCents: 995,
      minimumCents: null,
    });
    expect(ask([silent]).provenOptimal).toBe(false);
    const dear = answer('DEAR', {
      ...silent.result,
      unknownParts: [],
      lines: lines({ milk: 3000, rice: 3000, eggs: 3000, tea: 3000 }),
    });
    expect(ask([far, dear])).toMatchObject({ provenOptimal: true, totalCents: 1330 });
  });

  it('asks nothing for delivery where one collects', () => {
    expect(ask([far], { mode: 'pickup' })).toMatchObject({ totalCents: 1130, provenOptimal: true });
  });

  it('buys what can be bought, and says what cannot', () => {
    const split = ask([near]);
    expect(split).toMatchObject({ status: 'partial', uncovered: ['tea'], totalCents: 2100 });
    expect(ask([])).toMatchObject({ status: 'none', totalCents: null, provenOptimal: false });
    expect(ask([answer('PICKY', { terms: terms(9000, 0), lines: lines({ milk: 50 }) })]).status).toBe('none');
  });

  it('belongs to the outcome of a route that asks for it, whose every answer is waited for', () => {
    const asked = policy([provider('NEAR'), provider('FAR'), provider('LAST')], {
      quorum: { at: 1, strict: false },
      split: SplitWish.parse({}),
    });
    const now = { decidedAt: DECIDED_AT, deadlinePassed: false };
    expect(decide(asked, [near, far], now).kind).toBe('wait');
    const outcome = buildOutcome(asked, [near, far], { kind: 'decided', rule: 'deadline', decidedAt: DECIDED_AT }, 1);
    expect(outcome.split).toMatchObject({ totalCents: 1330 });
    expect(outcome.winner).not.toBeNull();
  });
});
