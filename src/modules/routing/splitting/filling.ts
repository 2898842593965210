import type { Configuration } from './configurations.js';
import type { Priced } from './multipliers.js';
import type { Assignment, Problem } from './problem.js';

/**
 * A placing of a configuration's lines that gives each store what it needs, if moving single lines can: from the cheapest one on, always the
 * line that costs the least more for each cent that it brings. Not the best, but soon known. Pure.
 */
export function filled(
  problem: Problem,
  { set, stretches }: Configuration,
  prices: Pick<Priced, 'placed'>,
): Assignment {
  const { stores, lines } = set;
  const placed = [...prices.placed];
  const centsAt = (index: number, place: number) => set.cents[index * stores.length + place]!;
  const goods = stores.map((_, place) =>
    placed.reduce((sum, at, index) => (at === place ? sum + centsAt(index, place) : sum), 0),
  );
  for (let moves = 0; moves < lines.length; moves++) {
    const short = stretches.findIndex(({ leastCents }, place) => goods[place]! < leastCents);
    if (short < 0) break;
    let best: { index: number; price: number } | null = null;
    for (let index = 0; index < lines.length; index++) {
      const from = placed[index]!;
      const cents = centsAt(index, short);
      const was = centsAt(index, from);
      if (from === short || cents === Infinity || cents === 0 || goods[from]! - was < stretches[from]!.leastCents)
        continue;
      const more = cents * stretches[short]!.perCent - was * stretches[from]!.perCent;
      const price = more / Math.min(cents, stretches[short]!.leastCents - goods[short]!);
      if (!best || price < best.price) best = { index, price };
    }
    if (!best) break;
    const from = placed[best.index]!;
    goods[from]! -= centsAt(best.index, from);
    goods[short]! += centsAt(best.index, short);
    placed[best.index] = short;
  }
  const assignment: (number | null)[] = Array.from({ length: problem.lines }, () => null);
  for (let index = 0; index < lines.length; index++) assignment[lines[index]!] = stores[placed[index]!]!;
  return assignment;
}
