import { termOf } from '../../../vocabulary/words.js';
import { answers, isCut } from './relations.js';
import { rankOf } from './vocabulary.js';

/**
 * Foods that stand in for one another in a kitchen: what a shop lacks of one it may offer of its family, and says so. Pork is in none of
 * other meat: many who buy lamb eat no pork.
 */
const FAMILIES: readonly ReadonlySet<string>[] = [
  'beef|lamb|veal|steak|brisket',
  'pork|ham',
  'bacon|sausage|chorizo',
  'salami|pepperoni|prosciutto|ham',
  'chicken|turkey|duck',
  'salmon|tuna|cod|tilapia|halibut|trout|sea bass|sardine|fish',
  'shrimp|crab|lobster|scallop|clam|mussel',
  'tofu|tempeh',
  'spinach|kale|arugula|swiss chard|collard green|mustard green|lettuce|romaine|bok choy',
  'broccoli|cauliflower|brussel sprout|cabbage|asparagus|green bean',
  'onion|green onion|shallot|leek|chive',
  'carrot|beet|turnip|radish',
  'potato|sweet potato',
  'zucchini|squash|eggplant|pumpkin|cucumber',
  'tomato|cherry tomato|grape tomato|diced tomato|crushed tomato|stewed tomato',
  'bell pepper|pepper|jalapeno',
  'pea|snow pea|snap pea|green bean',
  'apple|pear',
  'orange|clementine|grapefruit|lemon|lime',
  'peach|plum|apricot|cherry|mango',
  'strawberry|blueberry|raspberry|blackberry|cranberry',
  'watermelon|cantaloupe|melon|papaya|pineapple',
  'raisin|date|fig|cranberry|apricot',
  'bean|black bean|kidney bean|pinto bean|white bean|navy bean|chickpea|lentil',
  'rice|wild rice|quinoa|couscous|bulgur|barley|orzo',
  'spaghetti|penne|rotini|macaroni|linguine|fettuccine|rigatoni|fusilli|farfalle|ziti|orzo|angel hair|lasagna|pasta|noodle',
  'almond|walnut|pecan|cashew|pistachio|hazelnut|macadamia|peanut|nut',
  'chia|flax|hemp|sunflower|seed',
  'cilantro|parsley|basil|mint|dill|chive',
  'rosemary|thyme|oregano|sage|marjoram|tarragon',
  'cheddar|mozzarella|parmesan|swiss|provolone|feta|ricotta|gouda|brie|monterey jack|pepper jack|cheese',
  'ricotta|cottage cheese|cream cheese',
  'yogurt|kefir|sour cream|buttermilk',
  'cream|half and half|creamer|evaporated milk',
  'butter|margarine|shortening|lard',
  'honey|maple syrup|molasses|syrup',
  'jam|jelly|preserve|marmalade',
  'peanut butter|almond butter|cashew butter|nut butter',
  'broth|stock|bouillon',
  'bread|bun|roll|bagel|pita|tortilla',
  'cola|soda|root beer|ginger ale',
  'oat|oatmeal|granola|cereal',
  'chip|pretzel|popcorn|cracker',
].map((row) => new Set(row.split('|').map(termOf)));

/** Heads that say nothing of what it is by themselves: cinnamon powder is nothing instead of garlic powder. */
const TOLD_BY_OTHERS: ReadonlySet<string> = new Set(
  'sauce powder seasoning spice extract paste mix rub marinade dip spread soup salad snack kit dinner bar'.split(' '),
);

/**
 * Whether one thing may be offered instead of another, both as terms with the word that names them: of the same head, with more in common
 * where a head tells little, or of its family. Of a cut it is the animal that counts.
 */
export function mayStandFor(wanted: Thing, offered: Thing): boolean {
  const [own, other] = [nameOf(wanted), nameOf(offered)];
  if (own === other || answers(own, other) || answers(other, own)) {
    const others = new Set(offered.terms);
    return !TOLD_BY_OTHERS.has(own) || wanted.terms.some((term) => term !== own && others.has(term));
  }
  return FAMILIES.some((family) => family.has(own) && family.has(other));
}
type Thing = { readonly terms: readonly string[]; readonly head: string };

function nameOf({ terms, head }: Thing): string {
  if (isCut(head)) return terms.findLast((term) => rankOf(term) > 0 && !isCut(term)) ?? head;
  // What stands last and says little alone is still what it is: chili powder is no chili.
  const last = terms.findLast((term) => rankOf(term) > 0);
  return last !== undefined && TOLD_BY_OTHERS.has(last) ? last : head;
}
