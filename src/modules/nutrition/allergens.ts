/**
 * The nine allergens of US law (FALCPA 2004, FASTER 2021), with gluten for wheat, barley, rye and oats, and mustard, celery and
 * sulphites of EU Regulation 1169/2011, annex II, as far as our foods hold them. What each food holds stands in
 * data/nutrition/food_facts.csv, food by food, with what packs of it usually hold: oats count as gluten, for they are milled with
 * wheat unless the label says otherwise, almond milk is a tree nut and no milk, dark chocolate is made on the lines of milk chocolate,
 * bread holds soy and often milk. Traces are not judged: it is no medical assurance.
 */
export const ALLERGENS = [
  'milk',
  'egg',
  'gluten',
  'tree_nut',
  'peanut',
  'soy',
  'fish',
  'shellfish',
  'sesame',
  'mustard',
  'celery',
  'sulphite',
] as const;
export type Allergen = (typeof ALLERGENS)[number];

/** What callers call them, singular. "Nut" is both, and coconut is neither (FDA, guidance of January 2025): it goes by its word. */
const NAMES: Readonly<Record<string, readonly Allergen[]>> = {
  ...names(['milk'], 'milk|dairy|lactose|casein|whey|milk protein|cow milk|cheese|butter|cream|yogurt'),
  ...names(['egg'], 'egg|egg white|egg yolk'),
  ...names(['gluten'], 'gluten|wheat|barley|rye|oat|celiac|coeliac|spelt'),
  ...names(
    ['tree_nut'],
    'tree nut|treenut|almond|walnut|cashew|pecan|pistachio|hazelnut|macadamia|brazil nut|pine nut',
  ),
  ...names(['peanut'], 'peanut|groundnut'),
  ...names(['tree_nut', 'peanut'], 'nut'),
  ...names(['soy'], 'soy|soya|soybean|soya bean|tofu'),
  ...names(['fish'], 'fish|finned fish|salmon|tuna|cod|tilapia|anchovy'),
  ...names(['shellfish'], 'shellfish|crustacean|mollusc|mollusk|shrimp|prawn|crab|lobster|mussel|clam|oyster|squid'),
  ...names(['fish', 'shellfish'], 'seafood'),
  ...names(['sesame'], 'sesame|sesame seed|tahini'),
  ...names(['mustard'], 'mustard|mustard seed'),
  ...names(['celery'], 'celery|celeriac'),
  ...names(['sulphite'], 'sulphite|sulfite|sulphur dioxide|sulfur dioxide'),
};

function names(allergens: readonly Allergen[], all: string): Record<string, readonly Allergen[]> {
  return Object.fromEntries(all.split('|').map((name) => [name, allergens]));
}

/** The allergens a caller means by a word ("Tree nuts", "dairy-free"), or null for a word that names none of them. */
export function allergensNamed(word: string): readonly Allergen[] | null {
  const name = plain(word).replace(/ (free|allergy|intolerance)$/, '');
  return NAMES[name] ?? NAMES[singular(name)] ?? null;
}

export const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9%]+/g, ' ')
    .trim();

/** "Tomatoes", "berries" and "nuts" as one of them. */
export const singular = (text: string): string =>
  text
    .replace(/ies$/, 'y')
    .replace(/(ch|sh|ss|x|o)es$/, '$1')
    .replace(/([^su])s$/, '$1');
