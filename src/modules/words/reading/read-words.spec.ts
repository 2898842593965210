import { likelihood } from './learned/sureness.js';
import { readWords } from './read-words.js';
import type { Context } from './reading.js';

const CART: Context = {
  cart: [
    { name: 'milk', quantity: 1, unit: 'gallon' },
    { name: 'eggs', quantity: 12, unit: null },
    { name: 'ground beef', quantity: 2, unit: 'pound' },
    { name: 'bananas', quantity: 6, unit: null },
  ],
  question: null,
};
type Said = readonly [name: string, quantity: number | null, unit: string | null, size?: string];
const read = (text: string, context?: Context, locale = 'en-US') =>
  readWords(text, context ? { locale, context } : { locale }).actions;
const things = (text: string, locale?: string) =>
  read(text, undefined, locale).flatMap(({ lines }) =>
    lines.map(({ name, quantity, unit, size }) =>
      size === null ? [name, quantity, unit] : [name, quantity, unit, size],
    ),
  );
const kinds = (text: string, context?: Context) =>
  read(text, context).map(({ intent, lines }) => [intent, ...lines.map(({ name }) => name)].join(' '));

describe('things of a text', () => {
  it.each<[string, string, readonly Said[]]>([
    [
      'rows of a table',
      'Flour, 2, kg\nYeast, 3, packs',
      [
        ['Flour', 2, 'kilogram'],
        ['Yeast', 3, 'pack'],
      ],
    ],
    [
      'lists on one line',
      'leeks; 2 bunches / kale; 1 bag',
      [
        ['leeks', 2, 'bunch'],
        ['kale', 1, 'bag'],
      ],
    ],
    [
      'goods that a joining word parts',
      'milk and eggs',
      [
        ['milk', null, null],
        ['eggs', null, null],
      ],
    ],
    [
      'names that hold a joining word',
      'half and half, mac and cheese',
      [
        ['half and half', null, null],
        ['mac and cheese', null, null],
      ],
    ],
    [
      'amounts behind, by turns',
      'chickpeas two cans lentils one bag',
      [
        ['chickpeas', 2, 'can'],
        ['lentils', 1, 'bag'],
      ],
    ],
    ['a measure and a half', 'a pound and a half of shrimp', [['shrimp', 1.5, 'pound']]],
    ['so many of those', 'sparkling water 1 liter, 6 of those', [['sparkling water', 6, null, '1 liter']]],
    ['what was said instead', '5 instead of 3 lemons', [['lemons', 5, null]]],
    ['how long it is', '2-inch piece ginger', [['ginger', 2, 'inch']]],
    [
      'which size it is',
      'diapers size 3 and wipes',
      [
        ['diapers', null, null, 'size 3'],
        ['wipes', null, null],
      ],
    ],
    [
      'what each comes to',
      '2 lb each of carrots and parsnips',
      [
        ['carrots', 2, 'pound'],
        ['parsnips', 2, 'pound'],
      ],
    ],
    [
      'pictures that are named alone',
      '🍋🍋 and bread',
      [
        ['lemons', 2, null],
        ['bread', null, null],
      ],
    ],
    ['pictures beside words', '🥛 oat milk', [['oat milk', null, null]]],
    [
      'what a dish is for',
      'For the fish pie I need 2 leeks and cod',
      [
        ['leeks', 2, null],
        ['cod', null, null],
      ],
    ],
    ['kinds behind a mark', 'almonds — raw, 2 bags', [['almonds', 2, 'bag']]],
    ['numbers that are spoken', 'one point five pounds of cod', [['cod', 1.5, 'pound']]],
  ])('reads %s', (_, text, expected) => {
    expect(things(text)).toEqual(expected);
  });

  it('takes Danish articles for one where a Danish speaker mixes languages', () => {
    expect(things('please get rugbrød and en agurk', 'da-DK')).toEqual([
      ['rugbrød', null, null],
      ['agurk', 1, null],
    ]);
  });
});

describe('what a text asks for', () => {
  it.each([
    ['yeet the cabbage', ['remove cabbage']],
    ['scrap the leeks, get parsnips', ['remove leeks', 'add parsnips']],
    ['we have no more rice', ['add rice']],
    ['pears, plums, skip the plums, figs', ['add pears figs']],
    ['oat milk instead of soy milk', ['replace soy milk oat milk']],
    ['rice → quinoa', ['replace rice quinoa']],
    ['+ kale\n+ leeks\n- plums', ['add kale leeks', 'remove plums']],
    ['do you stock saffron', ['search saffron']],
    ['drop the pears, checkout', ['remove pears', 'checkout']],
    ['let’s start over', ['clear']],
    ['put everything back', ['undo']],
    ['what I got last time but without the soda', ['reorder', 'remove soda']],
    ['same order as last week plus kiwis', ['reorder', 'add kiwis']],
    ['find me the cheapest cocoa and put it in my cart', ['price_check cocoa', 'add cocoa']],
    ['do you have figs and if so how much are they', ['search figs', 'price_check figs']],
    ['forget the whole order and start over with just kale', ['clear', 'add kale']],
    ["we're vegetarian now so take out the ham", ['constrain', 'remove ham']],
    ['when is my order coming and can I add kale to it', ['status', 'add kale']],
    ['kale, sugar - no wait we have sugar - and leeks', ['add kale leeks']],
    ['stuff for ramen', ['from_recipe ramen']],
    ['how do I make pesto', ['from_recipe pesto']],
    ["same as last week's order and also kale", ['reorder', 'add kale']],
    ['from now on assume organic', ['constrain']],
    ['my list is in a google doc, can you pull it in', ['import']],
    ['nothing with peanuts in it', ['constrain']],
    ['is there sugar in the ketchup', expect.not.arrayContaining(['add sugar ketchup'])],
    ['put 2 leeks on the list', ['add leeks']],
  ])('reads %j', (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  it.each([
    ['drop the bananas to 4', 4],
    ['double the ground beef', 4],
    ['bump the eggs up by 6', 18],
    ['two more bananas', 8],
  ])('reckons %j with what the cart holds', (text, quantity) => {
    const [action] = read(text, CART);
    expect([action!.intent, action!.lines[0]!.quantity]).toEqual(['set_quantity', quantity]);
  });

  it.each([
    ['we still have milk so skip it', 'remove milk'],
    ['the eggs can go', 'remove eggs'],
    ['is there milk in there already', 'show milk'],
  ])('reads %j of a cart', (text, expected) => expect(kinds(text, CART)).toEqual([expected]));

  it('adds nothing that the household says it has', () => {
    expect(kinds('we already have onions')).toEqual([]);
  });
});

describe('doubts', () => {
  const asked = (text: string) =>
    read(text).flatMap(({ lines }) => lines.filter(({ doubts }) => doubts.length > 0).map(({ name }) => name));

  it('asks about both of two things between which an amount stands', () => {
    expect(asked('ground turkey two pounds hot dog buns')).toEqual(
      expect.arrayContaining(['ground turkey', 'hot dog buns']),
    );
  });

  it('asks about what is named twice with amounts', () => {
    expect(asked('3 lemons, kale, 5 lemons')).toEqual(['lemons', 'lemons']);
  });

  it('asks about few, none and absurd amounts', () => {
    expect(asked('a few lemons, 99999 plums')).toEqual(['lemons', 'plums']);
  });

  it('asks about no plain thing that is listed and parted by marks', () => {
    expect(asked('2 lemons, 1 lb butter, kale, a bag of rice')).toEqual([]);
  });
});

describe('certainties', () => {
  it('lie between nothing and all, and grow with signs that speak for a reading', () => {
    expect(likelihood([1, 2], [0, 3])).toBeGreaterThan(likelihood([1, -2], [0, 3]));
    for (const { lines } of read('2 kg flour, xyzzy quux, some milk'))
      for (const { fields } of lines)
        for (const { confidence } of Object.values(fields)) {
          expect(confidence).toBeGreaterThan(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
  });
});

describe('a clause about what was named before', () => {
  it.each<[string, readonly Said[]]>([
    ['Could we do salmon this week? Four fillets, skin on.', [['salmon', 4, 'fillet']]],
    ['Garlic. Three heads.', [['Garlic', 3, 'head']]],
    ['six eggs. No, ten', [['eggs', 10, null]]],
    ['three lemons. No, limes.', [['limes', 3, null]]],
    ['a bag of ice. Make it two bags of ice.', [['ice', 2, 'bag']]],
    [
      'melon, grapes and kiwi, 2 pounds each',
      [
        ['melon', 2, 'pound'],
        ['grapes', 2, 'pound'],
        ['kiwi', 2, 'pound'],
      ],
    ],
    ['cheddar for pizza, two cups', [['cheddar', 2, 'cup']]],
  ])('%s', (text, said) => {
    expect(things(text)).toEqual(said);
  });

  it.each([
    ['The celery? Take it off.', ['remove celery']],
    ['out of heavy cream, what works instead', ['substitute heavy cream']],
    ['I want to bake a carrot cake, order whatever goes in it', ['from_recipe carrot cake']],
    ['Empty it. New list: bananas, oatmeal.', ['clear', 'add bananas oatmeal']],
  ])('%s', (text, said) => {
    expect(kinds(text)).toEqual(said);
  });

  it('leaves it open whose an amount is that more was said with, or one of two things', () => {
    for (const text of ['chicken or maybe turkey', 'apples and pears. Two bags.', 'bread and milk and bread'])
      expect([text, read(text).some(({ lines }) => lines.some(({ doubts }) => doubts.length > 0))]).toEqual([
        text,
        true,
      ]);
  });
});
