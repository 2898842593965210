import { termOf, wordsOf } from '../../../vocabulary/words.js';
import { isClaim, termsOf } from './vocabulary.js';

/** How things on a shelf relate: what is a kind of what, what turns one into another, which forms are the usual ones. */

const groups = (table: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(Object.entries(table).map(([name, members]) => [termOf(name), new Set(members.split('|').map(termOf))]));

/** Asking for the kind on the left is answered by those on the right. */
const KINDS = groups({
  pasta: 'spaghetti|penne|rotini|macaroni|linguine|fettuccine|rigatoni|fusilli|farfalle|ziti|orzo|angel hair|lasagna',
  oatmeal: 'oat',
  oat: 'oatmeal',
  jelly: 'jam|preserve|marmalade',
  jam: 'jelly|preserve|marmalade',
  cheese: 'cheddar|mozzarella|parmesan|swiss|provolone|feta|ricotta|gouda|brie|monterey jack|pepper jack',
  lettuce: 'romaine|iceberg|butter lettuce',
  pepper: 'bell pepper|jalapeno|black pepper',
  soda: 'cola|root beer|ginger ale',
  oil: 'shortening',
  bean: 'black bean|kidney bean|pinto bean|white bean|navy bean|cannellini bean|great northern bean|lima bean|refried bean',
  'white bean': 'cannellini bean|great northern bean|navy bean',
  broth: 'stock|bouillon',
  stock: 'broth',
  tomato: 'diced tomato|crushed tomato|stewed tomato',
  cola: 'soda',
  tissue: 'toilet paper',
  dinner: 'macaroni and cheese|lasagna|enchilada|pizza',
  snack: 'pretzel|chip|cracker|popcorn|trail mix',
  cereal: 'corn flake',
  bread: 'pita|naan|baguette|brioche|ciabatta|focaccia|sourdough',
});

/** True when an offered term answers a wanted one. */
export const answers = (wanted: string, offered: string): boolean =>
  wanted === offered || (KINDS.get(wanted)?.has(offered) ?? false);

/** Shapes that a thing is commonly sold in; asking for the shape is not answered by the thing. */
const SHAPES = groups({ bar: 'chocolate', puree: 'pumpkin|tomato', drink: 'lemonade', root: 'ginger', meal: 'flax' });

/** The genus of a kind, or its shape, says nothing new about it: jalapeno peppers are jalapenos. */
export const isGenusOf = (genus: string, kind: string): boolean =>
  (KINDS.get(genus)?.has(kind) ?? false) || (SHAPES.get(genus)?.has(kind) ?? false);

const PLANTS = 'almond|oat|soy|coconut|cashew|rice|hemp|pea|macadamia|flax';
/** Words that make another thing of what stands on the left, wherever they stand. */
const TURNED = groups({
  milk: `${PLANTS}|vegan|chocolate|strawberry|vanilla|banana|powdered|dried|malted|goat|human|coffee|shake`,
  butter: 'peanut|cashew|shea|garlic|plant|vegan|body',
  cream: 'shaving|coconut|ice|whipped|cheese|face|irish',
  cheese: 'vegan|cream|mac|macaroni',
  'cream cheese': 'vegan',
  'ice cream': 'cone|sandwich|vegan',
  yogurt: `vegan|frozen|greek|${PLANTS}`,
  flour: 'almond|coconut|rice|oat|tapioca|chickpea|cassava|buckwheat|corn|gluten free',
  sugar: 'brown|powdered|coconut|date|monk|vanilla',
  rice: 'roni|cauliflower|rice cake|fried|pudding|crispy|krispie|puffed',
  egg: 'liquid|substitute|chocolate|plastic|hard|boiled|vegan|pickled',
  bacon: 'turkey|vegan|bit|beef|canadian',
  chicken: 'vegan|turkey|nugget|breaded|canned',
  beef: 'vegan|corned',
  'ground beef': 'vegan',
  steak: 'tuna|salmon|cauliflower|salisbury',
  tomato: 'cherry tomato|grape tomato|sun dried tomato|ketchup',
  spaghetti: 'squash',
  potato: 'mashed|instant|scalloped|au',
  chip: 'wood|chocolate',
  onion: 'crispy|fried|french|ring',
  garlic: 'minced|granulated',
  corn: 'popping|pop|creamed|syrup|starch|baby',
  water: 'rose|tonic',
  coffee: 'iced|bottled|flavored',
  salt: 'bath|epsom',
  bread: 'banana|zucchini|garlic|pudding',
  pizza: 'roll|bite|crust|dough',
  broccoli: 'rabe|cheddar|cheese',
  'coconut milk': 'beverage',
  coconut: 'beverage',
  apple: 'caramel|candied|chip',
  lime: 'juice',
  ginger: 'snap|pickled',
  mushroom: 'stuffed',
  mustard: 'seed',
});

export const isTurnedBy = (head: string, term: string): boolean => TURNED.get(head)?.has(term) ?? false;

const FORMS: ReadonlySet<string> = new Set(
  termsOf(
    'frozen canned dried freeze pickled smoked powdered ground instant jarred cooked breaded marinated fried deli light',
  ),
);

/** Foods for which a form is the usual one, so that it need not be asked for; "*" is any food. */
const USUAL = groups({
  frozen: 'salmon|shrimp|tilapia|cod|fish|halibut|pea|corn|scallop|crab|lobster|strip|fillet|mixed vegetable|edamame',
  canned:
    'tuna|sardine|bean|black bean|kidney bean|pinto bean|white bean|navy bean|chickpea|coconut|milk|corn|diced tomato|crushed tomato|stewed tomato|olive|anchovy|pumpkin',
  dried:
    'bean|black bean|kidney bean|pinto bean|white bean|navy bean|chickpea|lentil|raisin|cranberry|fig|date|oregano|sage|seed|yeast|cumin|quinoa|rice|spaghetti|penne',
  ground: 'cumin|cinnamon|turmeric|nutmeg|clove|black pepper|pepper|paprika|ginger|flax|coffee|coriander|mustard',
  smoked: 'ham|bacon|sausage|turkey',
  light: 'sugar|tuna|syrup|coffee|corn syrup|beer',
  deli: 'ham|salami|pepperoni|prosciutto|swiss|provolone',
  cooked: 'ham',
});

/** Kinds that nobody means by the plain word on the left. */
const LESSER = groups({
  rice: 'brown|wild|whole grain',
  spaghetti: 'whole wheat',
  pasta: 'whole wheat',
  flour: 'whole wheat|bread|self|rye',
  tortilla: 'whole wheat',
});
export const isLesserKind = (term: string, food: string): boolean => LESSER.get(food)?.has(term) ?? false;

/** Forms that make a difference in any food, made ones too. */
const TELLING: ReadonlySet<string> = new Set(['light', 'deli']);
export const isTellingForm = (form: string): boolean => TELLING.has(form);

/** Words that make another thing of any fruit, vegetable, meat or nut. */
const MADE: ReadonlySet<string> = new Set(
  wordsOf(
    'creamed stuffed candied covered coated scalloped artificial imitation mock faux flavored flavoured scented infused filled crusted battered',
  ),
);
export const isMade = (term: string): boolean => MADE.has(term);

export const isForm = (term: string): boolean => FORMS.has(term);

/** Cuts name a part, not another thing: turkey breast is turkey. */
const CUTS: ReadonlySet<string> = new Set(
  termsOf('breast thigh wing chuck drumstick tenderloin brisket rib chop roast steak fillet loin shank shoulder'),
);

export const isCut = (term: string): boolean => CUTS.has(term);

export const isUsualForm = (form: string, food: string): boolean => USUAL.get(form)?.has(food) ?? false;

/** Words that tell nothing apart. */
const PLAIN: ReadonlySet<string> = new Set([
  ...termsOf(
    'fresh large medium small jumbo premium natural classic original traditional pure real plain regular fancy select',
  ),
  ...termsOf(
    'quality grade aa usda choice style homestyle value family size avg average approximately each loose bunch',
  ),
  ...termsOf(
    'brand store product vitamin added with farm raw root whole seedless long grain crown sliced hearts heart',
  ),
  ...termsOf(
    'curly hass italian extra virgin all purpose old fashioned granulated iodized stick block bag bottle can jar box',
  ),
  ...termsOf('and the of in a for vine on package pack tub carton kosher pasteurized grown snack sweet rolled'),
]);

export const isPlain = (term: string): boolean => PLAIN.has(term) || isNumber(term);

const isNumber = (term: string): boolean => {
  const code = term.charCodeAt(0);
  return code >= 48 && code <= 57;
};

/** Words too wide to buy by alone: which cheese? Asked back rather than guessed. */
const VAGUE: ReadonlySet<string> = new Set(
  termsOf(
    'cheese meat fish seafood chicken beef pork turkey fruit vegetable juice soup snack sauce nut oil candy spice seasoning drink cleaner herb dessert berry',
  ),
);

export const isVague = (terms: readonly string[]): boolean =>
  terms.every((term) => isClaim(term)) || (terms.length === 1 && VAGUE.has(terms[0]!));
