import { readWords } from './read-words.js';
import type { Context } from './reading.js';

const CART: Context = {
  cart: [
    { name: 'cereal', quantity: 1, unit: 'box' },
    { name: 'lemons', quantity: 4, unit: null },
    { name: 'ham', quantity: 1, unit: 'pack' },
  ],
  question: null,
};
const read = (text: string, locale = 'en-US', context?: Context) =>
  readWords(text, context ? { locale, context } : { locale }).actions;
const told = (text: string, locale?: string, context?: Context) =>
  read(text, locale, context).map(({ intent, lines }) =>
    [
      intent,
      ...lines.map(({ name, quantity, unit, size }) =>
        [quantity, unit, size, name].filter((one) => one !== null).join(' '),
      ),
    ].join(': '),
  );

describe('amounts that were once passed over', () => {
  it.each<[string, string, string[]]>([
    ['en-US', '1) rice\n2) oat milk\n3) figs (4)', ['add: rice: oat milk: 4 figs']],
    ['en-US', '1. rice 2. oat milk 3. figs', ['add: rice: oat milk: figs']],
    ['en-US', 'a leg of lamb about two kilos', ['add: 1 2 kilogram leg of lamb']],
    ['en-US', 'get plums too, six or so', ['add: 6 plums']],
    ['en-US', '2 x 4 pint milk', ['add: 2 4 pint milk']],
    ['en-US', 'one box of tea bags (40)', ['add: 1 box 40 count tea bags']],
    ['en-US', 'trash bags 30 liter', ['add: 30 liter trash bags']],
    ['da-DK', 'ti æbler, nej tolv', ['add: 12 æbler']],
    ['da-DK', 'tre pærer. nej fire', ['add: 4 pærer']],
    ['da-DK', '2 fed hvidløg', ['add: 2 clove hvidløg']],
    ['da-DK', 'læg to poser ris i, og en agurk', ['add: 2 bag ris: 1 agurk']],
  ])('%s %s', (locale, text, said) => {
    expect(told(text, locale)).toEqual(said);
  });
});

describe('what many say for the same', () => {
  it.each<[string, string, string[]]>([
    ['en-US', 'are the peaches on special right now', ['discounts_near: peaches']],
    ['da-DK', 'er ostene på tilbud nogen steder', ['discounts_near: ost']],
    ['en-US', 'could I use yogurt instead of sour cream', ['substitute: sour cream']],
    ['en-US', 'has the courier set off', ['status']],
    ['en-US', "do a repeat of last Monday's order", ['reorder']],
    ['en-US', 'I want to place an order: 2 lemons', ['add: 2 lemons']],
    ['en-US', 'get me enough for lasagna', ['from_recipe: lasagna']],
    ['en-US', "what's cheaper, plums or pears", ['price_check: plums: pears']],
    ['en-US', 'have you got any decent melons', ['search: melons']],
    ['en-US', "he can't have dairy", ['constrain']],
    ['en-US', 'stay under two hundred dollars', ['constrain']],
    ['da-DK', 'højst 400 kroner', ['constrain']],
    ['da-DK', 'kan man fryse ost ned', ['out_of_scope: ost']],
  ])('%s %s', (locale, text, said) => {
    expect(told(text, locale)).toEqual(said);
  });

  it.each([
    ['make the lemons 8', ['set_quantity: 8 lemons']],
    ['nix the last two', ['remove: lemons: ham']],
    ['toss another box of cereal in', ['set_quantity: 2 box cereal']],
    ["take off the ham, my sister's gone off meat", ['remove: ham']],
  ])('of a cart: %s', (text, said) => {
    expect(told(text, 'en-US', CART)).toEqual(said);
  });

  it('reads a budget of hundreds', () => {
    expect(read('keep it under two hundred dollars')[0]?.constraints.budget).toEqual({
      cents: 20_000,
      currency: 'USD',
    });
  });
});
