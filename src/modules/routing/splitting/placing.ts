import { wholeCents, type Configuration } from './configurations.js';
import { worthOf, type Priced } from './multipliers.js';
import type { Problem } from './problem.js';

/** How many places for a line may still be looked at: what makes a search end, and the same for the same input. */
export interface Steps {
  left: number;
}

/**
 * Depth first through the places of a configuration's lines, those first whose second place costs the most more; each place that cannot end
 * below `limit()` is left out. Calls `found` with every full placing that can. Answers whether it came to the end. Pure but for `found`.
 */
export function searchPlacings(
  problem: Problem,
  configuration: Configuration,
  { multipliers }: Priced,
  steps: Steps,
  limit: () => number,
  found: (assignment: (number | null)[]) => void,
): boolean {
  const { set, stretches } = configuration;
  const { stores } = set;
  const options = set.lines.map((_, index) => optionsOf(configuration, index, multipliers));
  options.sort((one, other) => regretOf(other.places) - regretOf(one.places));
  const count = options.length;
  const restOf = new Float64Array(count + 1);
  const reachable = stores.map(() => new Float64Array(count + 1));
  for (let index = count - 1; index >= 0; index--) {
    restOf[index] = restOf[index + 1]! + options[index]!.places[0]!.value;
    for (let place = 0; place < stores.length; place++) {
      const here = options[index]!.places.find((option) => option.place === place)?.cents ?? 0;
      reachable[place]![index] = reachable[place]![index + 1]! + here;
    }
  }
  const goods = new Float64Array(stores.length);
  const assignment: (number | null)[] = Array.from({ length: problem.lines }, () => null);
  const base = worthOf(stretches, multipliers);
  const fits = (index: number): boolean => {
    for (let place = 0; place < stores.length; place++) {
      const { leastCents, mostCents } = stretches[place]!;
      if (goods[place]! > mostCents || goods[place]! + reachable[place]![index]! < leastCents) return false;
    }
    return true;
  };
  const place = (index: number, cost: number): boolean => {
    if (wholeCents(cost + restOf[index]!) >= limit() || !fits(index)) return true;
    if (index === count) {
      found([...assignment]);
      return true;
    }
    if (steps.left-- <= 0) return false;
    const { line, places } = options[index]!;
    for (const option of places) {
      assignment[line] = stores[option.place]!;
      goods[option.place]! += option.cents;
      const ended = place(index + 1, cost + option.value);
      goods[option.place]! -= option.cents;
      if (!ended) return false;
    }
    return true;
  };
  return place(0, base);
}

interface Option {
  place: number;
  cents: number;
  value: number;
}

function optionsOf(
  { set, stretches }: Configuration,
  index: number,
  multipliers: readonly number[],
): { line: number; places: Option[] } {
  const places = set.stores.flatMap((_, place): Option[] => {
    const cents = set.cents[index * set.stores.length + place]!;
    if (cents === Infinity) return [];
    return [{ place, cents, value: cents * (stretches[place]!.perCent - multipliers[place]!) }];
  });
  places.sort((one, other) => one.value - other.value || one.place - other.place);
  return { line: set.lines[index]!, places };
}

const regretOf = (places: readonly Option[]): number =>
  places.length < 2 ? Infinity : places[1]!.value - places[0]!.value;
