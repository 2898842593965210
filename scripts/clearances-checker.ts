import type { Library } from '../src/modules/nutrition/library.js';
import type { ClearanceWish, Cleared } from '../src/modules/planning/clearing/words.js';
import type { Plan, PlanRequest } from '../src/modules/planning/solver/plan.js';

/** Of the shopping of a plan, what is wrong, a sentence each: reckoned from what is told alone, in whole øre, by no code of the product. */
export function checked(
  { round }: Cleared,
  { plan, request, wish, library }: { plan: Plan; request: PlanRequest; wish: ClearanceWish; library: Library },
): string[] {
  if (!round) return [];
  const wrong: string[] = [];
  let [saved, paid] = [0n, 0n];
  const given = new Map<string, number>();
  for (const { lines } of round.stops)
    for (const line of lines) {
      const used = line.uses.reduce((sum, { grams }) => sum + grams, 0);
      const late = line.uses.filter(({ date }) => Date.parse(date) > Date.parse(line.useBy));
      const after = late.reduce((sum, { grams }) => sum + grams, 0);
      if (after > 0) wrong.push(`${after} g of ${line.name} after ${line.useBy}`);
      if (used > line.bought * line.packGrams) wrong.push(`${used} g of ${line.bought} packs of ${line.name}`);
      const stock = line.stockUnit === 'kg' ? (line.stock * 1000) / line.packGrams : line.stock;
      if (line.bought > stock) wrong.push(`${line.bought} packs of ${line.name}, of which there are ${stock}`);
      saved +=
        (BigInt(line.regularCents) * BigInt(used)) / BigInt(line.packGrams) - BigInt(line.bought * line.priceCents);
      paid += BigInt(line.bought * line.priceCents);
      for (const { date, slot, grams } of line.uses) {
        const key = `${date} ${slot} ${line.food}`;
        given.set(key, (given.get(key) ?? 0) + grams);
      }
    }
  for (const [key, grams] of given) {
    const [date, slot, ...food] = key.split(' ');
    const meal = plan.days.find((day) => day.date === date)?.meals.find((one) => one.slot === slot);
    const servings = meal?.portions.reduce((sum, portion) => sum + portion.servings, 0) ?? 0;
    const parts =
      library.recipes.get(meal?.recipeId ?? '')?.ingredients.filter((one) => one.food.name === food.join(' ')) ?? [];
    const eaten = parts.reduce(
      (sum, part) => sum + (part.gramsPerServing * servings) / (1 - Math.min(0.95, part.food.refuseShare ?? 0)),
      0,
    );
    if (grams > eaten + parts.length) wrong.push(`${grams} g for ${key}, which takes ${eaten.toFixed(0)}`);
  }
  const cents = tripCents(round, wish);
  if (saved !== BigInt(round.savedCents)) wrong.push(`saves ${saved}, not ${round.savedCents}`);
  if (paid !== BigInt(round.paidCents)) wrong.push(`costs ${paid}, not ${round.paidCents}`);
  if (cents !== round.trip.cents) wrong.push(`the trip costs ${cents}, not ${round.trip.cents}`);
  if (Number(saved) - cents <= 0) wrong.push('is no gain');
  if (round.stops.length > wish.maxStops) wrong.push(`stops ${round.stops.length} times`);
  if (request.days !== plan.days.length) wrong.push('has other days');
  return wrong;
}

/** By the law of cosines, where the product has haversines. */
function tripCents(
  { stops }: NonNullable<Cleared['round']>,
  { near, perKmCents, perHourCents }: ClearanceWish,
): number {
  const way = [near, ...stops.map(({ shop }) => shop), near];
  let km = 0;
  for (let at = 1; at < way.length; at++) {
    const [one, other] = [way[at - 1]!, way[at]!].map(
      (point) => [rad(point.latitude), rad(point.longitude)] as const,
    ) as [readonly [number, number], readonly [number, number]];
    const cos =
      Math.sin(one[0]) * Math.sin(other[0]) + Math.cos(one[0]) * Math.cos(other[0]) * Math.cos(other[1] - one[1]);
    km += 1.3 * 6371.0088 * Math.acos(Math.min(1, cos));
  }
  const told = Math.round(km * 10) / 10;
  const minutes = Math.round((told / 30) * 60 + 10 * stops.length);
  return Math.ceil(told * perKmCents + (minutes * perHourCents) / 60 - 1e-9);
}
const rad = (degrees: number): number => (degrees * Math.PI) / 180;
