import { DIETS, SPELLINGS, type Diet } from './diet-names.js';
import { surer, type Held, type Holdings } from './holdings.js';
import { nearest } from './near.js';
import { clashes, substances } from './substances.js';
import { once } from './tables.js';
import { keyOf } from './words.js';

const NAMED = once(
  () =>
    new Map(DIETS.flatMap((diet) => [diet, ...SPELLINGS[diet].split('|')].map((said) => [keyOf(said), diet] as const))),
);

/** The diet that a word names, in any of its spellings. */
export function dietNamed(word: string): Diet | null {
  const key = keyOf(word);
  return NAMED().get(key) ?? NAMED().get(key.replace(/ (diet|only|food)$/, '')) ?? null;
}

/** The diets most like a word that names none. */
export function dietsNear(word: string): string[] {
  const like = nearest(word, NAMED().keys()).map((said) => NAMED().get(said)!);
  return [...new Set(like)];
}

/** Diets of health: what may be in a food is asked about, as for an allergy. For the others it is only said. */
export const isOfHealth = (diet: Diet): boolean => OF_HEALTH.has(diet);
const OF_HEALTH: ReadonlySet<Diet> = new Set(['gluten_free', 'dairy_free', 'egg_free', 'nut_free', 'low_fodmap']);

/** What a diet has no place for, in so far as the rows of foods do not name it themselves. */
const ALSO: Readonly<Partial<Record<Diet, readonly string[]>>> = { egg_free: ['egg'], no_beef: ['beef'] };

/** What names of products tell of and a diet has no place for, where each of our own foods is marked for itself: soy sauce is wheat in name alone. */
const IN_NAMES: Readonly<Partial<Record<Diet, readonly string[]>>> = {
  low_fodmap:
    'wheat rye barley allium honey apple stone_fruit mushroom cashew pistachio chickpea lentil fava_bean'.split(' '),
};

const LEFT_OUT = once(
  () =>
    new Map(
      DIETS.map((diet): [Diet, readonly string[]] => [
        diet,
        [
          ...[...substances().values()].filter(({ breaks }) => breaks.includes(diet)).map(({ id }) => id),
          ...(ALSO[diet] ?? []),
        ],
      ]),
    ),
);

/** The substances that a diet leaves out. */
export const leftOutBy = (diet: Diet): readonly string[] => LEFT_OUT().get(diet)!;

/** The surest sign in a name that a food has no place in a diet, or null. */
export function breachIn(diet: Diet, holdings: Holdings): Held | null {
  let worst: Held | null = null;
  const also = [...(ALSO[diet] ?? []), ...(IN_NAMES[diet] ?? [])];
  for (const [id, held] of holdings)
    if (held.breaks.includes(diet) || also.some((one) => clashes(one, id))) worst = surer(worst, held);
  return worst;
}
