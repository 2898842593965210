import type { ClearedLot, Line, Use } from './words.js';

/** How many packs of what is cleared pay, and for which meals. Pure. */

/**
 * Of one food: the packs whose used part at the regular price is worth more than they cost, those that save most by the gram first. What
 * is used goes to the latest meals that it keeps for, so that what keeps for less time finds its own. What is left over counts nothing.
 */
export function packsFor(lots: readonly ClearedLot[], needs: readonly Use[]): Line[] {
  const left = needs.map((use) => ({ ...use }));
  const lines: Line[] = [];
  for (const lot of [...lots].sort(bySaving)) {
    const uses: Use[] = [];
    let bought = 0;
    while (bought < lot.packs) {
      const taken = take(left, lot);
      const used = taken.reduce((sum, { grams }) => sum + grams, 0);
      const worth = savedBy(lot, bought + 1, sumOf(uses) + used) - savedBy(lot, bought, sumOf(uses));
      if (used === 0 || worth <= 0) break;
      for (const { at, grams } of taken) {
        const { date, slot, recipeId } = left[at]!;
        left[at]!.grams -= grams;
        put(uses, { date, slot, recipeId, grams });
      }
      bought++;
    }
    if (bought > 0) lines.push(lineOf(lot, bought, uses));
  }
  return lines;
}

/** The regular price's part of what is used, less what is paid. */
export const savedBy = (
  { regularCents, packGrams, priceCents }: Pick<ClearedLot, 'regularCents' | 'packGrams' | 'priceCents'>,
  packs: number,
  usedGrams: number,
): number => Math.floor((regularCents * usedGrams) / packGrams) - packs * priceCents;

const bySaving = (one: ClearedLot, other: ClearedLot): number =>
  (other.regularCents - other.priceCents) / other.packGrams - (one.regularCents - one.priceCents) / one.packGrams ||
  (one.useBy < other.useBy ? 1 : one.useBy > other.useBy ? -1 : one.key < other.key ? -1 : 1);

/** A pack's grams on the latest meals that it keeps for. */
function take(left: readonly Use[], { packGrams, useBy }: ClearedLot): { at: number; grams: number }[] {
  const taken: { at: number; grams: number }[] = [];
  let grams = packGrams;
  for (let at = left.length - 1; at >= 0 && grams > 0; at--) {
    const use = left[at]!;
    if (use.date > useBy || use.grams === 0) continue;
    const part = Math.min(grams, use.grams);
    taken.push({ at, grams: part });
    grams -= part;
  }
  return taken;
}

function put(uses: Use[], use: Use): void {
  const same = uses.find(({ date, slot }) => date === use.date && slot === use.slot);
  if (same) same.grams += use.grams;
  else uses.push(use);
}

const sumOf = (uses: readonly Use[]): number => uses.reduce((sum, { grams }) => sum + grams, 0);

/** A line of so many packs for these meals, in the order in which they are eaten. */
export function lineOf(lot: ClearedLot, bought: number, uses: readonly Use[]): Line {
  const usedGrams = sumOf(uses);
  return {
    ...lot,
    bought,
    uses: [...uses].sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0)),
    usedGrams,
    paidCents: bought * lot.priceCents,
    savedCents: savedBy(lot, bought, usedGrams),
  };
}
