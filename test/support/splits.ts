import type { Charge, Step } from '../../src/modules/routing/splitting/charges.js';
import type { Problem, Store } from '../../src/modules/routing/splitting/problem.js';

interface Size {
  stores: number;
  lines: number;
  maxStops?: number;
}

/** Carts as shops make them: prices around one of the line, some lines not to be had, minimums, fees that thresholds and shares change. */
export function anySplitProblem(random: () => number, { stores, lines, maxStops }: Size): Problem {
  const usual = Array.from({ length: lines }, () => 80 + Math.floor(random() ** 2 * 1500));
  return {
    lines,
    maxStops: maxStops ?? 1 + Math.floor(random() * stores),
    stores: Array.from({ length: stores }, (_, index) => anyStore(random, `store-${index}`, usual)),
  };
}

/**
 * As grocers are: a basket of at least nothing, 10, 25 or 35, a delivery fee below 9 that a larger basket spares at some, a service fee and a tax that
 * are a share of the goods at some.
 */
export function usualSplitProblem(random: () => number, { stores, lines, maxStops }: Size): Problem {
  const usual = Array.from({ length: lines }, () => 80 + Math.floor(random() ** 2 * 1500));
  const one = <T>(...options: readonly T[]) => options[Math.floor(random() * options.length)]!;
  const step = (fromCents: number, flatCents: number, ppm = 0, leastCents = 0, mostCents: number | null = null) => ({
    fromCents,
    flatCents,
    ppm,
    leastCents,
    mostCents,
  });
  return {
    lines,
    maxStops: maxStops ?? stores,
    stores: Array.from({ length: stores }, (_, index): Store => {
      const fee = Math.floor(random() * 900);
      return {
        id: `store-${index}`,
        cents: usual.map((cents) => (random() < 0.85 ? Math.round(cents * (0.88 + random() * 0.24)) : null)),
        minimumCents: one(0, 1000, 2500, 3500),
        charges: [
          {
            part: 'delivery',
            steps: one([step(0, fee)], [step(0, fee), step(3500, 0)], [step(0, fee), step(5000, 0)]),
          },
          ...one<Charge[]>([], [{ part: 'fees', steps: [step(0, 0, 50_000, 150, 1500)] }]),
          ...one<Charge[]>([], [{ part: 'tax', steps: [step(0, 0, 25_000)] }]),
        ],
        stopCents: 0,
      };
    }),
  };
}

function anyStore(random: () => number, id: string, usual: readonly number[]): Store {
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const one = <T>(...options: readonly T[]) => options[Math.floor(random() * options.length)]!;
  const total = usual.reduce((sum, cents) => sum + cents, 0);
  const step = (
    fromCents: number,
    flatCents: number,
    ppm = 0,
    leastCents = 0,
    mostCents: number | null = null,
  ): Step => ({
    fromCents,
    flatCents,
    ppm,
    leastCents,
    mostCents,
  });
  const delivery = between(0, 899);
  const charges: Charge[] = [
    {
      part: 'delivery',
      steps: one(
        [step(0, delivery)],
        [step(0, delivery), step(between(1, total), 0)],
        [step(0, delivery), step(between(1, total), Math.floor(delivery / 2))],
      ),
    },
    ...one<Charge[]>(
      [],
      [],
      [{ part: 'fees', steps: [step(0, 0, between(1, 150_000), one(0, 0, 150), one(null, 1500))] }],
      [{ part: 'fees', steps: [step(0, 299), step(between(1, total), 0)] }],
    ),
    ...one<Charge[]>([], [{ part: 'tax', steps: [step(0, 0, between(1, 90_000))] }]),
  ];
  return {
    id,
    cents: usual.map((cents) => (random() < 0.85 ? Math.max(1, Math.round(cents * (0.88 + random() * 0.24))) : null)),
    minimumCents: one(0, 0, between(1, total), one(1000, 2500, 3500)),
    charges,
    stopCents: one(0, 0, between(0, 500)),
  };
}
