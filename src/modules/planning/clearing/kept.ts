import { slotsOf } from '../solver/plan.js';
import { isUsable, type Needs } from './needs.js';
import { lineOf } from './packing.js';
import { usableFrom } from './rounds.js';
import type { Line, Round, Use } from './words.js';

/**
 * The same shopping for a plan whose meals are others now: what was chosen is bought all the same, and goes to the meals that take it, in
 * the order in which they are eaten, what spoils first before the rest. What no meal takes any more saves nothing. Pure.
 */
export function keptRound(round: Round, needs: Needs, mealsPerDay: number): Round {
  const from = usableFrom(round.trip.endsAt, mealsPerDay);
  const order = slotsOf(mealsPerDay);
  const left = new Map<string, Use[]>();
  const takenBy = new Map<string, Line>();
  const all = round.stops.flatMap(({ lines }) => lines);
  for (const line of all.toSorted((a, b) => (a.useBy < b.useBy ? -1 : a.useBy > b.useBy ? 1 : 0))) {
    const open = left.get(line.food) ?? (needs.get(line.food) ?? []).filter((use) => isUsable(use, from, order));
    const { uses, rest } = taken(open, line);
    left.set(line.food, rest);
    takenBy.set(line.key, lineOf(line, line.bought, uses));
  }
  const stops = round.stops.map((stop) => ({ ...stop, lines: stop.lines.map(({ key }) => takenBy.get(key)!) }));
  const lines = stops.flatMap((stop) => stop.lines);
  const sum = (of: (line: Line) => number): number => lines.reduce((cents, line) => cents + of(line), 0);
  const savedCents = sum((line) => line.savedCents);
  return {
    ...round,
    stops,
    savedCents,
    savedGrams: sum(({ usedGrams }) => usedGrams),
    netCents: savedCents - round.trip.cents,
  };
}

/** What a line gives to meals up to its last day, and what they need beside. */
function taken(open: readonly Use[], { bought, packGrams, useBy }: Line): { uses: Use[]; rest: Use[] } {
  let grams = bought * packGrams;
  const uses: Use[] = [];
  const rest = open.flatMap((use): Use[] => {
    const given = use.date > useBy ? 0 : Math.min(grams, use.grams);
    grams -= given;
    if (given > 0) uses.push({ ...use, grams: given });
    return use.grams > given ? [{ ...use, grams: use.grams - given }] : [];
  });
  return { uses, rest };
}
