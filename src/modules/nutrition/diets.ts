import type { Allergen } from './allergens.js';

/** What a food is beside its allergens, as far as a diet asks. */
export const KINDS = ['beef', 'pork', 'lamb', 'poultry', 'honey', 'alcohol', 'rennet'] as const;
export type Kind = (typeof KINDS)[number];

interface Rule {
  allergens: readonly Allergen[];
  kinds: readonly Kind[];
}

const MEAT = ['beef', 'pork', 'lamb', 'poultry'] as const satisfies readonly Kind[];

/**
 * What a diet leaves out, food by food. Parmesan is made with calf rennet by its protected recipe, so vegetarians get none. Religious
 * rules about slaughter and preparation cannot be seen from a food's name, so no such diet is offered under its own name.
 */
const DIETS = {
  vegetarian: { allergens: ['fish', 'shellfish'], kinds: [...MEAT, 'rennet'] },
  vegan: { allergens: ['fish', 'shellfish', 'milk', 'egg'], kinds: [...MEAT, 'rennet', 'honey'] },
  pescatarian: { allergens: [], kinds: MEAT },
  gluten_free: { allergens: ['gluten'], kinds: [] },
  dairy_free: { allergens: ['milk'], kinds: [] },
  egg_free: { allergens: ['egg'], kinds: [] },
  nut_free: { allergens: ['tree_nut', 'peanut'], kinds: [] },
  no_pork: { allergens: [], kinds: ['pork'] },
  no_beef: { allergens: [], kinds: ['beef'] },
  no_alcohol: { allergens: [], kinds: ['alcohol'] },
} as const satisfies Record<string, Rule>;

export type Diet = keyof typeof DIETS;
export const DIET_NAMES = Object.keys(DIETS) as readonly Diet[];

interface Made {
  facts: { allergens: ReadonlySet<Allergen>; kinds: ReadonlySet<Kind> } | null;
}

/** Whether a food has no place in a diet. One that nobody has looked at has none in any. */
export function isAgainst(diet: Diet, { facts }: Made): boolean {
  const { allergens, kinds }: Rule = DIETS[diet];
  return (
    facts === null || allergens.some((one) => facts.allergens.has(one)) || kinds.some((one) => facts.kinds.has(one))
  );
}
