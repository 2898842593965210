import { readWords } from './read-words.js';
import { together } from './constraints.js';

const read = (text: string) => {
  const { actions } = readWords(text, { locale: null });
  return {
    constraints: together(actions.map(({ constraints }) => constraints)),
    things: actions.flatMap(({ lines }) => lines.map(({ name }) => name)),
  };
};

describe('what somebody may not eat', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['pasta 500g, gluten free pasta, no nuts', ['peanut', 'tree_nut'], ['pasta', 'gluten free pasta']],
    ['granola bars, no nuts, 2 milk', ['peanut', 'tree_nut'], ['granola bars', 'milk']],
    ['no nuts, no shellfish', ['peanut', 'shellfish', 'tree_nut'], []],
    ['no peanuts and no sesame', ['peanut', 'sesame'], []],
    ['we are vegan, gluten free and nut free: rice', ['gluten', 'peanut', 'tree_nut'], ['rice']],
    ['allergic to milk, eggs: bread', ['egg', 'milk'], ['bread']],
    ['ingen nødder og ingen æg, mælk', ['egg', 'peanut', 'tree_nut'], ['mælk']],
    [
      'nothing with nuts, so granola bars without nuts and apple juice',
      ['peanut', 'tree_nut'],
      ['granola bars', 'apple juice'],
    ],
    ['gluten free bread and milk', [], ['gluten free bread', 'milk']],
  ])('is kept, all of it and nothing else: %s', (text, allergens, names) => {
    const { constraints, things } = read(text);
    expect([[...(constraints.allergen ?? [])].sort(), things]).toEqual([allergens, names]);
  });

  it.each([
    ["I'm vegan and gluten free: 2 pizzas, ice cream", ['gluten-free', 'vegan']],
    ['vegan and halal dinner for 4', ['halal', 'vegan']],
    ['bread, no nuts, no dairy, no eggs', ['dairy-free', 'egg-free', 'nut-free']],
  ])('is kept with every diet that is named: %s', (text, diets) => {
    expect([...(read(text).constraints.diet ?? [])].sort()).toEqual(diets);
  });
});

describe('until when it is needed', () => {
  it('ends where the time does', () => {
    const { constraints, things } = read('get it to me by friday 6pm: milk and bread');
    expect([constraints.deadline, things]).toEqual(['by friday 6 pm', ['milk', 'bread']]);
  });
});
