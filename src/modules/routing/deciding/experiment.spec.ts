import { differenceOf, harmOf, type ArmCounts, type Measure } from './experiment-result.js';
import { Experiment, armOf, readExperiment } from './experiment.js';

const AB = {
  id: 'price-first',
  by: 'request',
  arms: { control: { share: 60 }, price: { share: 30, preset: 'price-first' } },
};
const dealt = (experiment: Experiment, count = 10_000) => {
  const counts = new Map<string, number>();
  for (let index = 0; index < count; index++) {
    const name = armOf(experiment, 'ten_a', `req_${index}`)?.name ?? 'none';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
};

describe('an experiment', () => {
  const experiment = Experiment.parse(AB);

  it('deals routes by its shares, and leaves the rest alone', () => {
    const counts = dealt(experiment);
    for (const [name, share] of [
      ['control', 60],
      ['price', 30],
      ['none', 10],
    ] as const)
      expect(Math.abs(counts.get(name)! / 100 - share)).toBeLessThan(2);
  });

  it('deals the same again, a tenant all its routes, and another experiment otherwise', () => {
    const again = Experiment.parse({ ...AB, arms: { price: AB.arms.price, control: AB.arms.control } });
    const other = Experiment.parse({ ...AB, id: 'other' });
    const ids = Array.from({ length: 500 }, (_, index) => `req_${index}`);
    const of = (one: Experiment) => ids.map((id) => armOf(one, 'ten_a', id)?.name);
    expect(of(again)).toEqual(of(experiment));
    expect(of(other)).not.toEqual(of(experiment));
    const byTenant = Experiment.parse({ ...AB, by: 'tenant' });
    expect(new Set(of(byTenant)).size).toBe(1);
    expect(new Set(ids.map((id) => armOf(byTenant, id, 'req_1')?.name)).size).toBe(3);
  });

  it('gives nothing to an arm that was stopped, and deals the others as before', () => {
    const stopped = Experiment.parse({ ...AB, arms: { ...AB.arms, price: { ...AB.arms.price, stopped: 'dearer' } } });
    const [before, after] = [dealt(experiment), dealt(stopped)];
    expect(after.get('price')).toBeUndefined();
    expect(after.get('control')).toBe(before.get('control'));
  });

  it.each([
    ['{', 'it is not JSON'],
    [JSON.stringify({ ...AB, arms: { price: AB.arms.price } }), 'an arm control'],
    [JSON.stringify({ ...AB, arms: { ...AB.arms, other: { share: 20, preset: 'balanced' } } }), 'more than a hundred'],
    [JSON.stringify({ ...AB, arms: { ...AB.arms, other: { share: 1 } } }), 'neither a preset nor weights'],
    [JSON.stringify({ ...AB, arms: { ...AB.arms, control: { share: 1, preset: 'balanced' } } }), 'a share alone'],
  ])('is refused with what is wrong: %s', (text, fault) => {
    expect(readExperiment(text)).toEqual({ faults: expect.stringContaining(fault) });
  });
});

describe('the result of an experiment', () => {
  const counts = (arm: string, decided: number, means: Partial<Record<Measure, number>>): ArmCounts => {
    const of = (measure: Measure) => ({ mean: means[measure] ?? 0, variance: 4 });
    return {
      arm,
      closed: decided,
      decided,
      measures: {
        dearerPercent: of('dearerPercent'),
        decidedAfterMs: of('decidedAfterMs'),
        commissionCents: of('commissionCents'),
        confirmedPercent: of('confirmedPercent'),
      },
    };
  };
  const { guardrails } = Experiment.parse(AB);

  it('is the difference of the means with its interval: 1.96 times the root of both variances of the mean', () => {
    const found = differenceOf(
      counts('price', 100, { decidedAfterMs: 5 }),
      counts('control', 400, {}),
      'decidedAfterMs',
    )!;
    const half = 1.96 * Math.sqrt(4 / 100 + 4 / 400);
    expect(found.mean).toBe(5);
    expect(found.low).toBeCloseTo(5 - half, 10);
    expect(found.high).toBeCloseTo(5 + half, 10);
    expect(differenceOf(counts('price', 1, {}), counts('control', 400, {}), 'decidedAfterMs')).toBeNull();
  });

  it('stops an arm that is surely beyond a guardrail, not one that may be, nor one of few routes, nor control', () => {
    const control = counts('control', 400, {});
    const arm = (means: Partial<Record<Measure, number>>, decided = 100) =>
      harmOf(counts('price', decided, means), control, guardrails);
    expect(arm({ dearerPercent: 3 })).toContain('pays more over the cheapest: 2.56 to 3.44 points');
    expect(arm({ dearerPercent: 2.3 })).toBeNull();
    expect(arm({ dearerPercent: 3 }, 99)).toBeNull();
    expect(arm({ decidedAfterMs: 1001 })).toContain('is slower');
    expect(arm({ confirmedPercent: -11 })).toContain('is confirmed less');
    expect(arm({ commissionCents: -500 })).toBeNull();
    const rails = { ...guardrails, commissionDropCents: 100 };
    expect(harmOf(counts('price', 100, { commissionCents: -500 }), control, rails)).toContain('earns less');
    expect(
      harmOf(
        { ...control, arm: 'control', measures: counts('x', 1, { dearerPercent: 9 }).measures },
        control,
        guardrails,
      ),
    ).toBeNull();
  });
});
