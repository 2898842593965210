/** What a shop sells: so many grams for so many cents. */
export interface Sold {
  grams: number;
  cents: number;
}
/** Packs of one kind, and how many of them. */
export interface Counted<T> {
  pack: T;
  packs: number;
}

/**
 * The packs that hold at least so many grams and cost least; among those, with the least left over; then the fewest. Exact: every choice
 * of counts is looked at that could still be cheaper than the best so far. Empty when there are no packs.
 */
export function cheapestCover<T extends Sold>(grams: number, packs: readonly T[]): readonly Counted<T>[] {
  const useful = undominated(packs);
  const best: { counts: readonly number[]; cents: number; held: number; packs: number } = {
    counts: [],
    cents: Infinity,
    held: Infinity,
    packs: Infinity,
  };
  let looks = MOST_LOOKS;
  const look = (at: number, left: number, counts: readonly number[], cents: number, held: number) => {
    if (left <= 0) {
      const number = counts.reduce((sum, count) => sum + count, 0);
      const isBetter =
        cents < best.cents ||
        (cents === best.cents && (held < best.held || (held === best.held && number < best.packs)));
      if (isBetter) Object.assign(best, { counts, cents, held, packs: number });
      return;
    }
    const pack = useful[at];
    if (pack === undefined || looks-- <= 0) return;
    // None that is left costs less by the gram.
    if (cents + (left * pack.cents) / pack.grams > best.cents + HAIR) return;
    for (let count = Math.ceil(left / pack.grams); count >= 0; count--)
      look(
        at + 1,
        left - count * pack.grams,
        [...counts, count],
        cents + count * pack.cents,
        held + count * pack.grams,
      );
  };
  look(0, grams, [], 0, 0);
  return best.counts.flatMap((count, at) => (count > 0 ? [{ pack: useful[at]!, packs: count }] : []));
}
const HAIR = 1e-9;
/** A bound on time; ten sizes of a food and a household's month of it take a hundredth of that. */
const MOST_LOOKS = 200_000;

/** The least by the gram first, without packs that are dearer than another that holds as much. */
function undominated<T extends Sold>(packs: readonly T[]): readonly T[] {
  const kept = packs.filter(
    (pack, at) =>
      !packs.some(
        (other, index) =>
          other.grams >= pack.grams &&
          other.cents <= pack.cents &&
          (other.grams > pack.grams || other.cents < pack.cents || index < at),
      ),
  );
  return [...kept].sort((one, other) => one.cents / one.grams - other.cents / other.grams || one.grams - other.grams);
}
