/** Words that composed things are made of, beside the names of goods. */
export const words = (text: string): string[] => text.split(',').map((word) => word.trim());

export interface Units {
  measures: string[];
  packs: string[];
  parts: string[];
}
export const UNITS: Readonly<Record<'en' | 'da', Units>> = {
  en: {
    measures: words(
      'g, kg, grams, kilos, oz, ounces, lb, lbs, pounds, pound, ml, l, liters, litre, litres, pint, pints, pt, quart, quarts, qt, gallon, gallons, gal, fl oz, cups, cup, c, tbsp, tablespoons, tablespoon, tsp, teaspoon, teaspoons, kilo, oz., lb., tsp., tbsp.',
    ),
    packs: words(
      'pack, packs, packet, packets, can, cans, tin, tins, bottle, bottles, box, boxes, bag, bags, jar, jars, carton, cartons, tub, tubs, loaf, loaves, case, cases, tray, tube, roll, rolls, pk, pkg, container, containers, dozen, doz, bunch, bunches, crate, punnet, block, blocks, packages, package, multipack, six-pack',
    ),
    parts: words(
      'head, heads, cloves, clove, slices, slice, sticks, stick, stalks, stalk, sprigs, sprig, pinch, handful, pieces, piece, fillets, fillet, ears, bulb, sheets, leaves, wedge, rack, dash, knob, strips, drops',
    ),
  },
  da: {
    measures: words('g, gram, kg, kilo, l, liter, dl, cl, ml, spsk, tsk, deciliter, pund'),
    packs: words(
      'pakke, pakker, pk, dåse, dåser, flaske, flasker, pose, poser, bakke, bakker, glas, æske, kasse, kasser, bundt, bundter, net, karton, bæger, rulle, ruller, tube, ramme, stk, stk.',
    ),
    parts: words('fed, skiver, skive, stang, stænger, hoved, kvist, stilke, knivspids, håndfuld, plade, plader, blade'),
  },
};
export const NUMBER_WORDS = {
  en: words(
    'one, two, three, four, five, six, seven, eight, ten, twelve, a, a, a, an, a couple of, half a, a dozen, half a dozen, twenty, fifteen, a few, couple, one and a half, two and a half',
  ),
  da: words('en, et, to, tre, fire, fem, seks, syv, otte, ti, tolv, halvanden, et par, en halv, et halvt'),
};
export const FRACTIONS = words(
  '½, ¼, ¾, ⅓, ⅔, 1/2, 1/4, 3/4, 1/3, 2/3, 1½, 1 ½, 1 1/2, 2½, 2 1/4, 1¼, 1-1/2, 0.5, 1.5, 2.5, 0.25, ⅛',
);
export const SIZES = {
  en: words(
    'large, medium, small, big, little, lg, sm, medium-sized, extra large, jumbo, mini, heaping, rounded, scant, thick, thin, generous, level, family size',
  ),
  da: words('store, stor, små, lille, mellemstore, kæmpe'),
};
export const ADJECTIVES = {
  en: words(
    'fresh, organic, frozen, dried, dry, ripe, whole, raw, low-sodium, low fat, fat free, unsalted, salted, sweet, red, green, yellow, white, black, brown, dark, light, extra virgin, boneless, skinless, bone-in, smoked, canned, tinned, unsweetened, plain, vanilla, strawberry, wild, baby, hot, mild, spicy, gluten free, vegan, lean, seedless, free-range, whole grain, instant, coarse, fine, kosher, aged, soft, firm, crusty, pickled, roasted, sugar free, lactose free, Italian, Greek, Mexican, Thai, French, Spanish, cheap, local, decaf, reduced fat, 2%, 1%, 0%, 80/20, 93/7, full fat, skimmed, mixed, assorted, ground, pitted, cooked, shelled, dry-roasted, unbleached, brightly colored, day-old, low-fat, half-fat, crunchy, creamy, smooth, sparkling, sharp, mature, good-quality, best-quality, cold, warm, hot, homemade, store-bought, superfine, active, natural, pure, thick-cut, long-grain, day-old, large-flake',
  ),
  da: words(
    'økologisk, økologiske, frosne, friske, frisk, røget, revet, hakket, usaltet, saltet, glutenfri, laktosefri, rød, røde, grøn, grønne, mørk, lys, fuldkorns, danske, skummet, naturel, fedtfattig, store',
  ),
};
export const CUTS = words(
  'chopped, finely chopped, diced, minced, grated, sliced, thinly sliced, crushed, peeled, roughly chopped, shredded, melted, softened, toasted, halved, cubed, freshly ground, packed, sifted, coarsely chopped, crumbled, torn, peeled and chopped, stemmed, lightly beaten, drained, mashed, finely grated, chilled, trimmed',
);
export const TAILS = words(
  'chopped; finely chopped; peeled and diced; cut into chunks; cut into 1-inch pieces; drained and rinsed; at room temperature; divided; optional; to taste; for serving; for garnish; to serve; plus more for dusting; plus extra for serving; thinly sliced; melted and cooled; seeded and minced; roughly torn; halved lengthwise; for frying; as needed; trimmed and halved; packed; softened; beaten; grated; minced; crushed; sliced; plus more to taste; for brushing; toasted and chopped; cut in half; finely grated; leaves only; white and pale green parts only; or more to taste; rinsed; coarsely chopped; cooked; lightly toasted; quartered; cut crosswise into slices; torn into pieces; warmed; plus 2 tablespoons; or to taste; juice and zest; about 2 cups; see note; recipe follows; such as basil; preferably organic; peeled, seeded and chopped; scrubbed and cut into wedges; separated; or vegetable oil; or 1 teaspoon dried; or two cans'
    .replaceAll(',', '\u0001')
    .replaceAll(';', ','),
).map((tail) => tail.replaceAll('\u0001', ','));
export const BRACKETS = words(
  'optional, see note, recipe follows, chopped, about 2 cups, about 1 pound, 1 stick, 240 ml, 8 oz, or butter, sliced, see tip, for serving, or more, 115 g, 4 ounces, at room temperature, 2 sticks, peeled, thawed, homemade or store-bought, not packed, from 1 lemon, about 3, packed',
);
export const WISHES = {
  en: words(
    'the big ones, the big one, the cheap kind, the small jar, the thick kind, the good one, the blue one, the ripe ones, not the instant, not too ripe, for sandwiches, for the dog, for baking, if they have it, if available, if on sale, if it is cheap, the spicy ones, ripe, sliced, unsweetened, raw, plain, the frozen kind, the green ones, no salt, in water, in oil, bone-in, skin on, without sugar, any brand, the one in the yellow box, the cheapest, from the deli, please not the cheap ones, in the can, for the kids, with raisins, nice and soft, medium roast, extra dry',
  ),
  da: words(
    'den store, de billige, den gode, hvis de har, til hunden, uden sukker, ikke for modne, helst økologiske, i skiver, den grønne, til børnene, på tilbud, den lille, uden salt',
  ),
};
