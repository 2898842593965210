import { termOf, wordsOf } from './words.js';

/**
 * Which allergens a name implies. The nine of US law (FALCPA, FASTER), with gluten as wheat, barley, rye and oats: oats count unless
 * the label says gluten free, almond milk is a tree nut and no milk, lactose free milk is milk, "non-dairy" creamer holds caseinate.
 * Coconut is not counted as a tree nut, as FDA holds since 2025. A name can imply an allergen, never rule one out.
 */
const WORDS: Readonly<Record<string, string>> = {
  milk: 'milk|buttermilk|evaporated milk|condensed milk|cream|sour cream|half and half|creamer|butter|cheese|cream cheese|cottage cheese|yogurt|kefir|whey|casein|ghee|cheddar|mozzarella|parmesan|swiss|provolone|feta|ricotta|gouda|brie|monterey jack|pepper jack|ice cream|gelato|milk chocolate|chocolate|pizza|lasagna|alfredo|ranch|caesar|pesto|margarine|custard|pudding|macaroni and cheese|dairy|cookie|cake|muffin|croissant|brownie|chocolate chip|waffle|pancake|protein|half|coffee mate|trail mix|ravioli|tortellini|caramel|fudge|biscuit',
  egg: 'egg|bread|bun|egg white|egg yolk|mayonnaise|aioli|meringue|eggnog|ranch|caesar|cake|cookie|muffin|waffle|pancake|pancake mix|brioche|custard|brownie|croissant|tartar|hollandaise|quiche|veggie burger|lasagna|ravioli|tortellini',
  gluten:
    'wheat|whole wheat|flour|bread|bread crumb|bun|roll|bagel|tortilla|pita|pasta|noodle|spaghetti|penne|rotini|macaroni|linguine|fettuccine|rigatoni|fusilli|farfalle|ziti|orzo|angel hair|lasagna|ravioli|tortellini|couscous|bulgur|barley|rye|malt|seitan|semolina|farro|spelt|oat|oatmeal|granola|cereal|corn flake|cracker|oyster cracker|pretzel|cookie|cake|cake mix|pancake|pancake mix|waffle|muffin|croissant|pastry|pie|pizza|beer|ale|soy sauce|teriyaki|hoisin|oyster sauce|crouton|stuffing|breaded|nugget|burrito|macaroni and cheese|ramen|udon|biscuit|brownie|donut|veggie burger|bran|sandwich|dumpling|flour tortilla|panko|graham|dinner|orange chicken|corn dog',
  'tree nut':
    'almond|granola|walnut|pecan|cashew|pistachio|hazelnut|macadamia|praline|marzipan|nutella|pesto|trail mix|almond butter|cashew butter|nut butter|nut|amaretti|frangipane|pine nut|brazil nut',
  peanut: 'peanut|peanut butter|trail mix|satay|groundnut',
  soy: 'soy|tofu|tempeh|edamame|miso|soy sauce|natto|teriyaki|hoisin|veggie burger|soybean|oyster sauce|worcestershire',
  fish: 'fish|fish sauce|salmon|tuna|cod|tilapia|halibut|trout|sardine|anchovy|haddock|pollock|mackerel|herring|catfish|snapper|surimi|worcestershire|caesar',
  shellfish:
    'shellfish|shrimp|crab|lobster|crayfish|crawfish|prawn|clam|mussel|oyster|oyster sauce|scallop|squid|calamari|octopus',
  sesame: 'sesame|tahini|hummus|halva|everything bagel|falafel|hoisin',
};

const IMPLIES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(WORDS).map(([allergen, words]) => [allergen, new Set(words.split('|').map(termOf))]),
);

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    milk: 'milk|dairy|lactose|cow milk|milk protein|casein',
    egg: 'egg',
    gluten: 'gluten|wheat|celiac|coeliac|barley|rye',
    'tree nut': 'tree nut|nut|almond|cashew|walnut|pecan|pistachio|hazelnut',
    peanut: 'peanut|groundnut',
    soy: 'soy|soya|soybean|soy bean',
    fish: 'fish|finned fish',
    shellfish: 'shellfish|crustacean|mollusc|mollusk|shrimp|crustacean shellfish',
    sesame: 'sesame|sesame seed',
  }).flatMap(([allergen, names]) => names.split('|').map((name) => [termOf(name), allergen] as const)),
);

/** Claims that rule an allergen out. Lactose free is not among them. */
const FREE: Readonly<Record<string, readonly string[]>> = {
  milk: ['vegan', 'dairy_free'],
  egg: ['vegan', 'egg_free'],
  gluten: ['gluten_free', 'grain_free'],
  'tree nut': ['nut_free'],
  peanut: ['nut_free'],
  soy: ['soy_free'],
  fish: ['vegan', 'vegetarian'],
  shellfish: ['vegan', 'vegetarian'],
};

const set = (words: string): ReadonlySet<string> => new Set(wordsOf(words));
/** Words that are dairy or wheat in themselves and something else behind the right word: oat milk, almond flour, corn tortillas. */
const PLANT = set('almond oat soy coconut cashew rice hemp pea macadamia flax');
const PLANT_MADE = set('milk cream creamer yogurt butter cheese dairy');
const OTHER_GRAIN = set(
  'almond coconut rice corn oat tapioca chickpea cassava buckwheat potato quinoa lentil cauliflower',
);
const GRAIN_MADE = set('flour tortilla noodle pasta spaghetti penne rotini macaroni fusilli pretzel cracker flatbread');

/** The word by which these terms imply an allergen (a free name: "dairy", "tree nuts"), or null. Unknown allergens go by their own word. */
export function impliedBy(allergen: string, terms: readonly string[], claims: ReadonlySet<string>): string | null {
  const asked = termOf(allergen);
  const known = NAMES.get(asked);
  if (known === undefined) return terms.find((term) => term === asked) ?? null;
  if (FREE[known]?.some((claim) => claims.has(claim))) return null;
  const words = IMPLIES.get(known)!;
  return terms.find((term, at) => words.has(term) && !isOtherwise(known, term, terms.slice(0, at), claims)) ?? null;
}

function isOtherwise(allergen: string, term: string, before: readonly string[], claims: ReadonlySet<string>): boolean {
  if (allergen === 'milk') return PLANT_MADE.has(term) && before.some((word) => PLANT.has(word));
  if (allergen === 'gluten') return GRAIN_MADE.has(term) && before.some((word) => OTHER_GRAIN.has(word));
  // Egg holds together what gluten does not: bread is baked with it when it is gluten free.
  if (allergen === 'egg') return (term === 'bread' || term === 'bun') && !claims.has('gluten_free');
  return false;
}
