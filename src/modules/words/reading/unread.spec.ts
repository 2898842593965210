import { readWords } from './read-words.js';

const read = (text: string, locale = 'en-US') => readWords(text, { locale }).actions;
const told = (text: string, locale?: string) =>
  read(text, locale).flatMap(({ intent, lines }) =>
    lines.map(
      ({ name, quantity, unit, size, doubts }) =>
        `${intent} ${[quantity, unit, size, name].filter((one) => one !== null).join(' ')}${doubts.map(({ kind }) => `?${kind}`).join('')}`,
    ),
  );

describe('what nothing was made of', () => {
  it('is asked about where it stands in a list', () => {
    expect(told('milk, xq too, bread')).toEqual(['add milk', 'add xq?which_meant', 'add bread']);
  });

  it('is no name before a dash, and no talk', () => {
    expect(told('Zoltan – orange slices\nMirka – napkins').map((one) => one.split('?')[0])).toEqual([
      'add orange slices',
      'add napkins',
    ]);
  });

  it('says what is not understood, in its own words', () => {
    const [action] = read('replace A with B');
    expect(action?.intent).not.toBe('price_history');
    expect(action?.lines.every(({ doubts }) => doubts.length > 0) ?? true).toBe(true);
  });
});

describe('kinds of sentences', () => {
  it.each([
    ['a size behind an article', 'a 4 pint milk', ['add 1 4 pint milk']],
    ['amounts in brackets', 'butter (2 sticks), eggs (12)', ['add 2 stick butter', 'add 12 eggs']],
    ['an amount taken back behind its thing', '5 pounds of carrots... hmm actually 10', ['add 10 pound carrots']],
    ['what a thing shall not have', 'pancakes without milk, plums', ['add pancakes', 'add plums']],
    ['what is not wanted of a cream', 'heavy cream and no thyme', ['add heavy cream', 'remove thyme']],
    ['a heading with numbers under it', 'For the soup: 2 leeks, 1 onion', ['add 2 leeks', 'add 1 onion']],
    ['what a list is for', 'i need stuff for tacos. beef, limes and cheddar', ['add beef', 'add limes', 'add cheddar']],
    ['a container in brackets of words', 'peas in the can', ['add can peas']],
    ['what a thing shall not be', 'chives, 2 bunches, no wilted ones; leeks', ['add 2 bunch chives', 'add leeks']],
    ['number words that were heard as others', 'add too jars of honey and a plum', ['add 2 jar honey', 'add 1 plum']],
    ['a number before the next thing', 'plums in juice, three and oats', ['add 3 plums', 'add oats']],
    ['a number taken back in a word', 'two, yeah nah, four kilos of plums', ['add 4 kilogram plums']],
    ['what a word asks for that talk follows', 'get leeks and then just check out i am nearly home', ['add leeks']],
    ['a pack of so many', 'a 4 pack of napkins', ['add 1 pack 4 count napkins']],
    ['a flavour behind what has one', '10 yogurts, strawberry', ['add 10 yogurts']],
    ['how meat is cut', 'pork chops, bone in, and kale', ['add pork chops', 'add kale']],
    ['lists that semicolons part', 'my list: milk; eggs', ['add milk', 'add eggs']],
    ['words written short', '3 lb grnd turkey', ['add 3 pound ground turkey']],
  ])('reads %s', (_, text, expected) => {
    expect(told(text).map((one) => one.split('?')[0])).toEqual(expected);
  });

  it('takes no question for a demand: any ice cream is no allergy', () => {
    expect(read('any ice cream with no added sugar that you carry?')).toMatchObject([
      { intent: 'search', constraints: {}, lines: [{ name: 'ice cream' }] },
    ]);
  });

  it('takes a postal code for no amount', () => {
    expect(read("what's on special near K1A for chicken thighs")).toMatchObject([
      { lines: [{ name: 'chicken thighs', quantity: null }] },
    ]);
  });
});

describe('what is asked rather than guessed', () => {
  const asked = (text: string, cart: readonly string[] = []) =>
    readWords(text, {
      locale: 'en-US',
      context: { cart: cart.map((name) => ({ name, quantity: 2, unit: null })), question: null },
    }).actions.flatMap(({ intent, lines }) =>
      lines.map(({ name, doubts }) => `${intent} ${name}${doubts.map(({ kind }) => `?${kind}`).join('')}`),
    );

  it.each([
    ['either of two things', 'vanilla ice cream or frozen yogurt', 'add vanilla ice cream or frozen yogurt?which_food'],
    ['two amounts of one thing', 'plums 6 maybe 8', 'add plums?how_much'],
    ['a kind of goods, whatever it is for', 'kale for a soup and cheese for a board', 'add cheese?which_food'],
    ['goods in sizes far apart', 'plums and cat litter', 'add cat litter?which_size'],
    ['no bird that is counted', 'a 9 lb turkey and two chickens', 'add turkey'],
    ['what hangs on an answer', 'is rice cheaper there? if so put two bags in', 'add rice?confirm'],
  ])('%s', (_, text, expected) => {
    expect(asked(text)).toContain(expected);
  });

  it('what a second reading by cue words alone hears', () => {
    const told = asked('we had the leeks last time, kale is nice', ['leeks']);
    expect(told.length).toBeGreaterThan(0);
    expect(told.every((one) => one.includes('?'))).toBe(true);
    expect(asked('bring back the leeks')).toEqual(['add leeks']);
  });

  it('what may be meant to stay', () => {
    expect(asked('take everything off except the bread', ['bread', 'jam'])).toEqual(['remove bread?keep_or_drop']);
  });

  it('but kitchens say 86 for taking out', () => {
    expect(asked('86 the leeks', ['leeks', 'jam'])).toEqual(['remove leeks']);
    expect(read('86 lb flour')).toMatchObject([{ lines: [{ quantity: 86, unit: 'pound' }] }]);
  });
});

describe('danish', () => {
  it('takes a name with its article for no slip of the pen', () => {
    const cart = [{ name: 'ost', quantity: 1, unit: null }];
    const { actions } = readWords('fjern osten og tilføj i stedet 2 pakker smør', {
      locale: 'da-DK',
      context: { cart, question: null },
    });
    expect(actions.map(({ intent, lines }) => [intent, lines[0]?.name])).toEqual([
      ['remove', 'ost'],
      ['add', 'smør'],
    ]);
  });

  it('takes the last of two amounts where one is changed', () => {
    const cart = [{ name: 'ris', quantity: 3, unit: 'bag' }];
    const { actions } = readWords('lav tre poser ris om til fem', {
      locale: 'da-DK',
      context: { cart, question: null },
    });
    expect(actions).toMatchObject([{ intent: 'set_quantity', lines: [{ quantity: 5 }] }]);
  });

  it('takes verbs for no units', () => {
    expect(told('Kan du lige skrive løg og agurk på listen', 'da-DK')).toEqual(['add løg', 'add agurk']);
  });

  it('asks for oat milk, and cooks a dish', () => {
    expect(told('har i havremælk', 'da-DK')).toEqual(['search havremælk']);
    expect(told('vi skal have til frikadeller', 'da-DK')).toEqual(['from_recipe frikadeller']);
  });
});
