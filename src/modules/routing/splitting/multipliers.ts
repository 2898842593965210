import type { Configuration, Stretch } from './configurations.js';

/**
 * How much a cent of goods more is worth at each store of a configuration whose stretch the cheapest placing does not meet, and less than
 * nothing where it brings too many: Lagrangian multipliers, which make the bound as high as may be. Any give a true bound. Pure.
 */
export interface Priced {
  multipliers: readonly number[];
  /** Not rounded. */
  boundCents: number;
  /** Per line its place among the stores by price and worth. */
  placed: Int32Array;
  rounds: number;
}

const ROUNDS = 40;

/** Ends early where the bound comes to `limitCents`. */
export function priced(configuration: Configuration, limitCents: number): Priced {
  const { stretches } = configuration;
  let multipliers = stretches.map(() => 0);
  let now = valued(configuration, multipliers);
  let best = now;
  let scale = 1;
  let round = 0;
  for (; round < ROUNDS && best.boundCents < limitCents; round++) {
    const steps = stretches.map((stretch, place) => lackOf(stretch, now.goods[place]!, multipliers[place]!));
    const size = steps.reduce((sum, cents) => sum + cents * cents, 0);
    if (size === 0) break;
    const gap = Math.max(1, Math.min(limitCents, best.boundCents * 1.05 + 50) - now.boundCents);
    multipliers = multipliers.map((value, place) =>
      Math.max(leastMultiplier(stretches[place]!), value + (scale * gap * steps[place]!) / size),
    );
    now = valued(configuration, multipliers);
    if (now.boundCents > best.boundCents) best = now;
    else scale *= 0.85;
  }
  return { ...best, rounds: round + 1 };
}

/** Which way the worth of goods should move: up where there are too few, down where there are too many, and back to nothing in between. */
function lackOf({ leastCents, mostCents }: Stretch, goods: number, multiplier: number): number {
  if (goods < leastCents || multiplier > 0) return leastCents - goods;
  if (goods > mostCents || multiplier < 0) return mostCents - goods;
  return 0;
}

/** Where goods have no upper end, too many cannot be. */
const leastMultiplier = ({ mostCents }: Stretch): number => (Number.isFinite(mostCents) ? -Infinity : 0);

/** What multipliers add to the bound of every placing on its stretches. */
export const worthOf = (stretches: readonly Stretch[], multipliers: readonly number[]): number =>
  stretches.reduce((sum, { flatCents, leastCents, mostCents }, place) => {
    const multiplier = multipliers[place]!;
    return sum + flatCents + (multiplier === 0 ? 0 : multiplier * (multiplier > 0 ? leastCents : mostCents));
  }, 0);

function valued(
  { set: { stores, lines, cents }, stretches }: Configuration,
  multipliers: readonly number[],
): Omit<Priced, 'rounds'> & { goods: Float64Array } {
  const count = stores.length;
  const worth = Float64Array.from(stretches, ({ perCent }, place) => perCent - multipliers[place]!);
  const goods = new Float64Array(count);
  const placed = new Int32Array(lines.length);
  let boundCents = worthOf(stretches, multipliers);
  for (let index = 0; index < lines.length; index++) {
    let least = Infinity;
    let at = -1;
    for (let place = 0; place < count; place++) {
      const here = cents[index * count + place]!;
      if (here === Infinity) continue;
      const value = here * worth[place]!;
      if (value < least) {
        least = value;
        at = place;
      }
    }
    boundCents += least;
    goods[at]! += cents[index * count + at]!;
    placed[index] = at;
  }
  return { multipliers, boundCents, placed, goods };
}
