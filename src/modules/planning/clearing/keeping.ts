import { pointerTo } from '../../../common/text.js';
import type { Food } from '../../nutrition/foods.js';
import { foodNamed } from '../needs/food-names.js';

/** For how many days the caller says that foods keep, by their names in the library, and what is said of foods that it has not. Pure. */
export function keepingOf(told: Readonly<Record<string, number>>, foods: ReadonlyMap<string, Food>) {
  const keepsDays: Record<string, number> = {};
  const unknown: { pointer: string; reason: string }[] = [];
  for (const [name, days] of Object.entries(told)) {
    const food = foodNamed(name, foods)?.name;
    if (food !== undefined) keepsDays[food] = Math.min(days, keepsDays[food] ?? Infinity);
    else
      unknown.push({
        pointer: pointerTo(name, '/clearances/keepsDays'),
        reason: 'No food of ours is called so; name it as `read.food` of GET /v1/offers does.',
      });
  }
  return { keepsDays, unknown };
}
