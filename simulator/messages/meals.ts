import { z } from 'zod';
import { firstOf } from './asked.js';

const Meals = z.looseObject({
  language: z.string(),
  meals: z.array(z.looseObject({ meal: z.number(), title: z.string(), foods: z.array(z.string()) })),
});

/** What a model calls meals that it is shown: all as it is told, but for the second, of which it says what it must not. Null for another question. */
export function mealsIn(texts: readonly string[]): string | null {
  const asked = firstOf(Meals, texts);
  if (!asked) return null;
  const isDanish = asked.language === 'Danish';
  const meals = asked.meals.map(({ meal }) => ({
    meal,
    name: isDanish ? 'En hyggelig ret' : 'A cosy plate',
    text:
      meal === 1
        ? 'Serve it with 200 g of lobster.'
        : isDanish
          ? 'En ret til en rolig aften.'
          : 'A dish for a quiet evening.',
  }));
  return JSON.stringify({ meals });
}
