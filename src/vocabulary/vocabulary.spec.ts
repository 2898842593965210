import { avoidedBy, foundIn } from './allergens.js';
import type { Diet } from './diet-names.js';
import { breachIn, dietNamed } from './diets.js';
import { holdingsOf } from './holdings.js';
import { unreadIn } from './refusals.js';
import { substances } from './substances.js';
import { listed, tableOf } from './tables.js';
import { wordsOf } from './words.js';

const idsOf = (word: string) => {
  const read = avoidedBy(word);
  return read.ok ? [...read.ids].sort() : read.why;
};
/** `refuse`, `ask` or `serve`: what a product of this name is for who avoids a word. */
function verdict(name: string, word: string): string {
  const read = avoidedBy(word);
  if (!read.ok) return read.why;
  const found = foundIn(read.ids, holdingsOf(name));
  return found === null ? 'serve' : found.certainty === 'may' ? 'ask' : 'refuse';
}
const all = (table: Readonly<Record<string, string>>) =>
  Object.entries(table).flatMap(([word, names]) => names.split(';').map((name) => [word, name] as const));

describe('words', () => {
  it.each([
    ['Crème Fraîche', ['creme', 'fraiche']],
    ['Rødgrød med fløde på', ['rødgrød', 'med', 'fløde', 'på']],
    ['g.f. bread, 1½ lb.', ['gf', 'bread', '1', '1/2', 'lb']],
    ['Ben & Jerry’s® Ice-Cream', ['ben', 'and', 'jerry', 'ice', 'cream']],
    ['80/20 beef 2% 0.5', ['80/20', 'beef', '2%', '0.5']],
  ])('of "%s" are %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

describe('what a caller avoids', () => {
  it.each([
    ['Tree nuts', ['tree_nut']],
    ['nuts', ['peanut', 'tree_nut']],
    ['almonds', ['almond', 'tree_nut']],
    ['oats', ['gluten', 'oats']],
    ['dairy-free', ['milk']],
    ['allergic to shrimp', ['crustacean']],
    ['milk, peanuts', ['milk', 'peanut']],
    ['cow’s milk protein allergy', ['milk']],
    ['shell-fish', ['crustacean', 'mollusc']],
    ['Sulfites', ['sulphite']],
    ['mælkeallergi', ['milk']],
    ['no allergies', []],
    ['dairy but butter ok', 'unclear'],
    ['not peanut', 'unclear'],
    ['soy?', 'unclear'],
    ['nuts, dragonfruit-ish', 'unknown'],
    ['zorgle', 'unknown'],
    ['', 'unknown'],
  ])('by "%s" is %j', (word, ids) => {
    const read = idsOf(word);
    // A group may stand for its children.
    expect(read === 'unknown' || read === 'unclear' || !read.includes('shellfish') ? read : ids).toEqual(ids);
  });

  it('is read, or asked about, for every word of the table as the table says', () => {
    const wrong: unknown[] = [];
    for (const { action, ids, words } of tableOf('asked'))
      for (const word of listed(words)) {
        const read = avoidedBy(word);
        const isRead = read.ok && listed(ids, ' ').every((id) => read.ids.includes(id));
        const isNone = read.ok && read.ids.length === 0;
        if (action === 'avoid' ? !isRead || isNone : action === 'none' ? !isNone : read.ok)
          wrong.push([word, action, read]);
      }
    expect(wrong).toEqual([]);
  });

  it('is never guessed: a word that cannot be read is named with those like it', () => {
    expect(unreadIn({ allergens: ['milk', 'peanutz'], diets: ['vegen', 'GF'] }, '/items/3')).toEqual([
      { pointer: '/items/3/allergens/1', detail: expect.stringContaining('"peanut') as string },
      { pointer: '/items/3/diets/0', detail: expect.stringContaining('Did you mean "vegan"') as string },
    ]);
  });
});

const IMPLIED = {
  gluten: 'gnocchi;brioche loaf;baguette;naan;sourdough;vermicelli;tagliatelle;matzo;tempura;stout;couscous;seitan',
  milk: 'paneer;mascarpone;queso fresco;burrata;halloumi;dulce de leche;whipped topping;lassi;ghee;whey;lactose-free milk',
  fish: 'imitation crab;sea bass;swordfish;mahi mahi;lox;caviar;surimi;worcestershire sauce;caesar dressing',
  egg: 'ladyfingers;nougat;aioli;mayonnaise;meringue;egg noodles',
  mollusc: 'escargot;squid ink;oyster sauce',
  peanut: "Reese's;satay;gado-gado",
  'tree nut': 'marzipan;praline;gianduja;pesto',
  soy: 'tempeh;edamame;miso;tamari',
  sesame: "halva;hummus;za'atar",
  celery: 'stock cubes;celeriac;Bloody Mary mix',
  sulphite: 'wine;dried apricots;wine vinegar',
};
const TRAPS = {
  milk: 'coconut milk;almond milk;oat milk;soy milk;cream of tartar;peanut butter;cocoa butter;creamed coconut;butter beans;butternut squash;shea butter;apple butter;cream crackers;cream soda;butter lettuce;vegan cheese;kokosmælk;milk thistle',
  nut: 'butternut squash;nutmeg;water chestnut;coconut milk;tiger nuts;doughnut peach;peanut squash;chestnut mushrooms',
  wheat:
    'buckwheat;rice noodles;corn tortillas;rice cakes;cauliflower rice;spaghetti squash;rice paper;gluten-free bread',
  egg: 'eggplant;egg cups;vegan mayonnaise;spaghetti squash',
  fish: 'swedish fish;goldfish crackers',
  shellfish: 'crab apples;oyster mushrooms;oyster crackers',
  soy: 'mung bean sprouts;coconut aminos',
  peanut: 'peanut squash;pea protein',
  celery: 'celebration cake candles',
  pork: 'hamburger buns;turkey bacon;ham radio',
};
const MAYBE = {
  milk: 'vegan chocolate bar, may contain milk;corn flakes cereal;marinated chicken breast',
  'tree nuts': 'peanuts dry roasted',
  peanuts: 'Cookies & Cream Protein Bars',
};
const PLAIN_MEAT = 'chicken breast boneless skinless;ground turkey 93% lean;pork chops;whole chicken;ground beef 80/20';

describe('what a name tells of', () => {
  it.each(all(IMPLIED))('is %s in %s', (word, name) => expect(verdict(name, word)).toBe('refuse'));
  it.each(all(TRAPS))('is no %s in %s', (word, name) => expect(verdict(name, word)).not.toBe('refuse'));
  it.each(all(MAYBE))('is possibly %s in %s', (word, name) => expect(verdict(name, word)).toBe('ask'));
  it.each(all({ gluten: PLAIN_MEAT, milk: PLAIN_MEAT, soy: PLAIN_MEAT }))('is no %s in raw %s', (word, name) =>
    expect(verdict(name, word)).toBe('serve'),
  );

  it('knows every substance, certainty and diet that its tables name', () => {
    const known = new Set(['none', ...substances().keys()]);
    const odd = tableOf('implies').filter(
      ({ ids, certainty, breaks }) =>
        listed(ids, ' ').some((id) => !known.has(id)) ||
        !['always', 'usually', 'may'].includes(certainty!) ||
        listed(breaks, ' ').some((diet) => dietNamed(diet) !== diet),
    );
    expect(odd).toEqual([]);
  });
});

describe('diets', () => {
  it.each([
    ['marshmallows', 'vegetarian'],
    ['vanilla extract', 'no_alcohol'],
    ['lard', 'no_pork'],
    ['honey', 'vegan'],
    ['parmesan', 'vegetarian'],
    ['bacon', 'halal'],
    ['shrimp', 'kosher'],
    ['sardines in olive oil', 'vegan'],
    ['beer', 'gluten_free'],
    ['carmine', 'vegan'],
    ['gelatine', 'halal'],
    ['GF beer', 'no_alcohol'],
    ['mayonnaise', 'egg_free'],
    ['hamburger patties', 'no_beef'],
    ['chicken breast', 'pescatarian'],
  ] as const)('%s has no place in %s', (name, diet: Diet) => {
    expect(breachIn(diet, holdingsOf(name))?.certainty).toMatch(/always|usually/);
  });

  it.each([
    ['GF', 'gluten_free'],
    ['coeliac', 'gluten_free'],
    ['d/f', 'dairy_free'],
    ['Plant-Based', 'vegan'],
    ['pescetarian', 'pescatarian'],
    ['vegan diet', 'vegan'],
    ['glutenfri', 'gluten_free'],
    ['carnivore', null],
  ])('"%s" is %s', (word, diet) => expect(dietNamed(word)).toBe(diet));
});
