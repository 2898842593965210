import { Phrases, rewrite } from '../../../vocabulary/phrases.js';
import { termOf, wordsOf } from '../../../vocabulary/words.js';

/**
 * What shoppers call things and what shelves call them. Composed by hand from the aliases of the core foods that mean the same thing on
 * a shelf (an aubergine is an eggplant; canola oil is not vegetable oil), and from common US grocery usage.
 */
const SAME: readonly (readonly [heard: string, shelved: string])[] = [
  ['sliced turkey', 'turkey deli sliced'],
  ['sliced chicken', 'chicken deli sliced'],
  ['tortilla wraps', 'flour tortillas'],
  ['soya', 'soy'],
  ['french stick', 'french baguette'],
  ['natural yogurt', 'plain yogurt'],
  ['natural yoghurt', 'plain yogurt'],
  ['sandwich bread', 'bread'],
  ['hot dog rolls', 'hot dog buns'],
  ['burger rolls', 'hamburger buns'],
  ['hotdog buns', 'hot dog buns'],
  ['elbow mac', 'elbow macaroni'],
  ['lasagna sheets', 'lasagna noodles'],
  ['lasagne sheets', 'lasagna noodles'],
  ['flat leaf parsley', 'italian parsley'],
  ['baking potatoes', 'russet potatoes'],
  ['chopped tomatoes', 'diced tomatoes'],
  ['tinned tomatoes', 'diced tomatoes canned'],
  ['canned diced tomatoes', 'diced tomatoes canned'],
  ['macaroni and cheese', 'macaroni and cheese dinner'],
  ['macaroni and cheese dinner', 'macaroni and cheese dinner'],
  ['scallions', 'green onions'],
  ['spring onions', 'green onions'],
  ['aubergine', 'eggplant'],
  ['courgette', 'zucchini'],
  ['rocket salad', 'arugula'],
  ['coriander leaves', 'cilantro'],
  ['fresh coriander', 'cilantro'],
  ['prawns', 'shrimp'],
  ['garbanzo beans', 'chickpeas'],
  ['garbanzos', 'chickpeas'],
  ['beetroot', 'beets'],
  ['sweetcorn', 'sweet corn'],
  ['hamburger meat', 'ground beef'],
  ['beef mince', 'ground beef'],
  ['minced beef', 'ground beef'],
  ['turkey mince', 'ground turkey'],
  ['pork mince', 'ground pork'],
  ['lunch meat', 'deli sliced'],
  ['deli meat', 'deli sliced'],
  ['chicken stock', 'chicken broth'],
  ['beef stock', 'beef broth'],
  ['vegetable stock', 'vegetable broth'],
  ['evoo', 'extra virgin olive oil'],
  ['catsup', 'ketchup'],
  ['mayo', 'mayonnaise'],
  ['ranch', 'ranch dressing'],
  ['ranch dressing', 'ranch dressing'],
  ['barbecue sauce', 'bbq sauce'],
  ['icing sugar', 'powdered sugar'],
  ['confectioners sugar', 'powdered sugar'],
  ['caster sugar', 'granulated sugar'],
  ['plain flour', 'all purpose flour'],
  ['cornflour', 'cornstarch'],
  ['corn starch', 'cornstarch'],
  ['wholemeal', 'whole wheat'],
  ['wholewheat', 'whole wheat'],
  ['panko', 'panko bread crumbs'],
  ['panko bread crumbs', 'panko bread crumbs'],
  ['panko breadcrumbs', 'panko bread crumbs'],
  ['breadcrumbs', 'bread crumbs'],
  ['burger buns', 'hamburger buns'],
  ['mac and cheese', 'macaroni and cheese'],
  ['mac n cheese', 'macaroni and cheese'],
  ['porridge oats', 'rolled oats'],
  ['oj', 'orange juice'],
  ['coke', 'cola'],
  ['cola zero', 'zero sugar cola'],
  ['zero cola', 'zero sugar cola'],
  ['zero soda', 'zero sugar soda'],
  ['zero lemon lime soda', 'zero sugar lemon lime soda'],
  ['zero orange soda', 'zero sugar orange soda'],
  ['coca cola', 'cola'],
  ['seltzer', 'sparkling water'],
  ['k cups', 'coffee pods'],
  ['k cup pods', 'coffee pods'],
  ['coffee capsules', 'coffee pods'],
  ['tp', 'toilet paper'],
  ['bath tissue', 'toilet paper'],
  ['garbage bags', 'trash bags'],
  ['bin bags', 'trash bags'],
  ['kitchen roll', 'paper towels'],
  ['washing up liquid', 'dish soap'],
  ['dishwashing liquid', 'dish soap'],
  ['washing powder', 'laundry detergent'],
];

/** Spellings of one word that a shop's search copes with by itself. */
const SPELLINGS: typeof SAME = [
  ['0% fat', 'fat free'],
  ['0%', 'fat free'],
  ['2 percent', '2%'],
  ['1 percent', '1%'],
  ['skim milk', 'fat free milk'],
  ['skimmed milk', 'fat free milk'],
  ['fat free skim milk', 'fat free milk'],
  ['nonfat', 'fat free'],
  ['non fat', 'fat free'],
  ['lowfat', 'low fat'],
  ['plant based', 'vegan'],
  ['sugarless', 'sugar free'],
  ['decaffeinated', 'decaf'],
  ['lite', 'light'],
  ['yoghurt', 'yogurt'],
  ['chilli', 'chili'],
  ['dry', 'dried'],
  ['tinned', 'canned'],
  ['almondmilk', 'almond milk'],
  ['oatmilk', 'oat milk'],
  ['soymilk', 'soy milk'],
  ['coconutmilk', 'coconut milk'],
  ['cashewmilk', 'cashew milk'],
];

/** Two and more words that are one thing: their parts do not count on their own, so peanut butter holds no butter. */
const COMPOUNDS = [
  'peanut butter|almond butter|cashew butter|nut butter|cookie butter|apple butter|cocoa butter|body butter|butter lettuce',
  'ice cream|sour cream|cream cheese|cottage cheese|half and half|hot dog|cream of tartar|milk chocolate|buttermilk',
  'sweet potato|green onion|bell pepper|green bean|baby food|chocolate chip|baking soda|baking powder|corn flake|bread crumb',
  'whole wheat|macaroni and cheese|trail mix|ginger ale|root beer|black bean|kidney bean|pinto bean|white bean|cannellini bean',
  'great northern bean|navy bean|lima bean|refried bean|black eyed pea|kosher salt|toilet paper|paper towel|trash bag',
  'dish soap|vanilla extract|lemon pepper|water chestnut|oyster mushroom|oyster cracker|brussel sprout|bok choy|star fruit',
  'snow pea|snap pea|sugar snap pea|bean sprout|butter bean|wild rice|sea bass|mung bean|fava bean|rice vinegar|collard green|mustard green|banana pepper|chili pepper|swiss chard|ginger beer|hot chocolate|rice paper|lemon juice|lime juice',
  'diced tomato|crushed tomato|stewed tomato|grape tomato|cherry tomato|sun dried tomato|egg white|egg yolk|corn dog',
  'monterey jack|pepper jack|angel hair|maple syrup|pancake mix|cake mix|bone in|no pulp|dark roast|medium roast|light roast',
  'red pepper flake|black pepper|soy sauce|fish sauce|oyster sauce|coconut water|tea tree|coffee mate',
  'veggie burger|body wash|hand cream|sheet cake|rice cake|french fry|hash brown|dried roasted|vitamin a|vitamin c|vitamin d|tri color|orange chicken|evaporated milk|condensed milk',
];

/** Claims a label must state. A line that asks for one gets it or nothing: the wrong diet is worse than a gap. */
const CLAIMS = [
  'organic|vegan|vegetarian|kosher|halal|gluten free|lactose free|dairy free|nut free|egg free|soy free|grain free|keto|paleo',
  'unsweetened|sugar free|no sugar added|zero sugar|diet|decaf|low sodium|no salt added|lower sodium|reduced sodium|unsalted',
  'fat free|low fat|reduced fat|cage free|free range|pasture raised|grass fed|wild caught|non gmo|caffeine free|alcohol free',
];

const listed = (table: readonly string[]): string[] => table.flatMap((row) => row.split('|'));

const read = (table: typeof SAME) => table.map(([heard, shelved]) => [wordsOf(heard), wordsOf(shelved)] as const);
const SHELVED = new Phrases(read(SAME));
const SYNONYMS = new Phrases(read([...SAME, ...SPELLINGS]));
const JOINS = new Phrases(
  [...listed(COMPOUNDS), ...listed(CLAIMS)].map((name) => [wordsOf(name), [termOf(name)]] as const),
);
const CLAIM_WORDS: ReadonlySet<string> = new Set(listed(CLAIMS).map(termOf));

/** Text as terms: words with one name for one thing, compounds and claims joined by "_". */
export const termsOf = (text: string): string[] => termsOfWords(wordsOf(text));
export const termsOfWords = (words: readonly string[]): string[] =>
  rewrite(rewrite(words.map(leanness), SYNONYMS), JOINS);

/** Meat is "93/7" to one and "93% lean" to another. */
function leanness(word: string): string {
  const [, lean, fat] = /^(\d\d)\/(\d\d?)$/.exec(word) ?? [];
  return lean !== undefined && Number(lean) + Number(fat) === 100 ? `${lean}%` : word;
}

/** Words of a line in those of the shelf, where they are known to be others. */
export const shelved = (words: readonly string[]): string[] => rewrite(words, SHELVED);

/** Claims that hold whenever another does. */
const IMPLIED: ReadonlyMap<string, readonly string[]> = new Map([
  ['vegan', ['vegetarian', 'dairy_free', 'lactose_free', 'egg_free']],
  ['dairy_free', ['lactose_free']],
  ['no_salt_added', ['unsalted']],
  ['pasture_raised', ['free_range', 'cage_free']],
  ['free_range', ['cage_free']],
]);

export const isClaim = (term: string): boolean => CLAIM_WORDS.has(term);

/** The claims among terms, with those they imply. */
export function claimsIn(terms: readonly string[]): Set<string> {
  const claims = new Set<string>();
  for (const term of terms) {
    if (!CLAIM_WORDS.has(term)) continue;
    claims.add(term);
    for (const other of IMPLIED.get(term) ?? []) claims.add(other);
  }
  return claims;
}

/** How strongly a word makes a name its own: soup of tomatoes is soup. A thing is never told by a lesser word when a greater stands by. */
export const Rank = { ingredient: 1, staple: 2, dish: 3, household: 4 } as const;

const RANKED: readonly (readonly [number, readonly string[]])[] = [
  [
    Rank.ingredient,
    [
      'snow pea|snap pea|sugar snap pea|bean sprout|butter bean|wild rice|sea bass|mung bean|fava bean|collard green|mustard green|banana pepper|chili pepper|swiss chard',
      'apple|banana|orange|clementine|lemon|lime|grape|strawberry|blueberry|raspberry|blackberry|cranberry|cherry|peach|pear|plum',
      'mango|pineapple|watermelon|cantaloupe|melon|kiwi|avocado|apricot|grapefruit|coconut|fig|date|raisin|pomegranate|papaya',
      'tomato|potato|sweet potato|onion|green onion|shallot|garlic|ginger|carrot|celery|broccoli|cauliflower|bell pepper|pepper',
      'jalapeno|cucumber|zucchini|eggplant|mushroom|spinach|lettuce|romaine|arugula|kale|cabbage|brussel sprout|green bean|asparagus',
      'corn|squash|pumpkin|beet|radish|turnip|leek|artichoke|okra|pea|fennel|cilantro|parsley|basil|rosemary|thyme|mint|dill|chive',
      'cayenne|allspice|cardamom|saffron|marjoram|tarragon|caraway|coriander|sage|oregano|cumin|cinnamon|paprika|turmeric|nutmeg|clove|black pepper|salt|kosher salt|quinoa|rice|oat|barley|couscous',
      'bulgur|lentil|chickpea|bean|black bean|kidney bean|pinto bean|white bean|navy bean|tofu|tempeh|spaghetti|penne|rotini',
      'macaroni|linguine|fettuccine|rigatoni|fusilli|farfalle|ziti|orzo|lasagna|angel hair|chicken|beef|pork|turkey|lamb|veal|duck',
      'ham|bacon|sausage|chorizo|salami|pepperoni|prosciutto|steak|breast|thigh|drumstick|wing|tenderloin|brisket|rib|chop|roast',
      'salmon|tuna|cod|tilapia|shrimp|crab|lobster|sardine|anchovy|halibut|trout|scallop|clam|mussel|fish|egg|egg white|egg yolk',
      'soy|hemp|macadamia|almond|walnut|pecan|cashew|pistachio|hazelnut|peanut|nut|seed|sunflower|chia|flax|honey|cheddar|mozzarella|parmesan|swiss',
      'provolone|feta|ricotta|gouda|brie|monterey jack|pepper jack|chocolate|cocoa|vanilla|caramel|yeast|cornstarch|olive|pickle',
      'diced tomato|crushed tomato|stewed tomato|grape tomato|cherry tomato|sun dried tomato|baking soda|baking powder|chocolate chip',
    ],
  ],
  [
    Rank.staple,
    [
      'milk|buttermilk|evaporated milk|condensed milk|cream|sour cream|half and half|creamer|butter|margarine|cheese|cream cheese',
      'cottage cheese|yogurt|kefir|flour|meal|sugar|syrup|maple syrup|molasses|oil|vinegar|sauce|soy sauce|fish sauce|oyster sauce',
      'paste|puree|powder|extract|vanilla extract|seasoning|rub|spice|broth|stock|bouillon|juice|jam|jelly|preserve|marmalade',
      'spread|peanut butter|almond butter|cashew butter|nut butter|cookie butter|apple butter|cocoa butter|mayonnaise|mustard',
      'ketchup|salsa|hummus|guacamole|dip|dressing|marinade|gravy|relish|bread|bread crumb|bun|roll|bagel|tortilla|pita|pasta|noodle',
      'crouton|stuffing|coffee|tea|cola|soda|water|coconut water|drink|lemonade|beer|wine|ale|ginger ale|root beer|cider|oatmeal',
      'red pepper flake|lemon pepper|shortening|lard|applesauce|refried bean|mix|cocktail|concentrate|flavoring|sweetener|substitute',
    ],
  ],
  [
    Rank.dish,
    [
      'soup|salad|pizza|cake|sheet cake|rice cake|cookie|muffin|cereal|corn flake|granola|bar|candy|chip|cracker|oyster cracker',
      'popcorn|pretzel|kit|burrito|taco|enchilada|ravioli|tortellini|waffle|pancake|pancake mix|cake mix|pie|pastry|croissant|donut',
      'ice cream|gelato|sorbet|popsicle|sherbet|pudding|gelatin|nugget|patty|burger|veggie burger|hot dog|corn dog|sandwich|wrap',
      'jerky|trail mix|smoothie|shake|ramen|sushi|dumpling|casserole|stew|chili|macaroni and cheese|dinner|meal kit|entree|snack',
      'truffle|fudge|gum|gummy|brownie|biscuit|tart|french fry|hash brown|tot|milk chocolate|orange chicken|protein|dessert',
    ],
  ],
  [
    Rank.household,
    [
      'dog|cat|pet|puppy|kitten|baby food|infant|formula|soap|dish soap|shampoo|conditioner|lotion|hand cream|body wash|detergent',
      'cleaner|candle|freshener|toothpaste|deodorant|vitamin|supplement|capsule|tablet|softgel|balm|scrub|mask|toy|plush|mug|litter',
      'toilet paper|paper towel|tissue|trash bag|foil|scented|softener|bleach|body butter|tea tree|costume|book|napkin',
    ],
  ],
];

const RANKS: ReadonlyMap<string, number> = new Map(
  RANKED.flatMap(([rank, table]) => listed(table).map((name) => [termOf(name), rank] as const)),
);

/** 0 for a word that names no thing we know. */
export const rankOf = (term: string): number => RANKS.get(term) ?? 0;
