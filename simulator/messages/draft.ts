import { z } from 'zod';
import { randomOf } from '../../src/common/random.js';
import { seedOf } from '../seeded.js';
import { firstOf } from './asked.js';

const Recipes = z.looseObject({
  recipes: z.array(z.looseObject({ id: z.string(), meals: z.array(z.string()) })).min(1),
});
const Days = z.looseObject({
  days: z.array(z.looseObject({ date: z.string(), slots: z.array(z.string()) })),
  people: z.array(z.unknown()),
});

/**
 * What an obedient model drafts: for each slot of each day one of the recipes it was shown that is for such a meal, by chance but the
 * same for the same prompt. Servings are rough, as a model's are. "{}" for a prompt that is about something else.
 */
export function draftFor(texts: readonly string[], seed: string): string {
  const { recipes } = firstOf(Recipes, texts) ?? {};
  const { days, people } = firstOf(Days, texts) ?? {};
  if (!recipes || !days || !people) return '{}';
  const random = randomOf(seedOf('draft', seed));
  const used = new Map<string, number>();
  const choose = (slot: string) => {
    const kind = slot.endsWith('_snack') ? 'snack' : slot;
    const fitting = recipes.filter(({ id, meals }) => meals.includes(kind) && (used.get(id) ?? 0) < 2);
    const from = fitting.length > 0 ? fitting : recipes;
    const { id } = from[Math.floor(random() * from.length)]!;
    used.set(id, (used.get(id) ?? 0) + 1);
    return { slot, recipeId: id, servings: people.length * [1, 1.5, 2][Math.floor(random() * 3)]! };
  };
  return JSON.stringify({ days: days.map(({ date, slots }) => ({ date, meals: slots.map(choose) })) });
}
