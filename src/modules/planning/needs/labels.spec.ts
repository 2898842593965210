import { labelNotices } from './cautions.js';

const said = (diets: string[], allergens: string[] = []) =>
  labelNotices({ diets, allergens }).map(({ sentence }) => sentence);

describe('labels to read', () => {
  it.each([
    [['halal'], [], 'certified halal'],
    [['zabiha'], [], 'certified halal'],
    [['kosher'], [], 'certificate'],
    [['low fodmap'], [], 'portions'],
    [['coeliac'], [], 'labelled gluten-free'],
    [[], ['coeliac disease'], 'labelled gluten-free'],
    [[], ['wheat'], 'labelled gluten-free'],
    [['nut free'], [], 'tree nuts, peanut read each pack'],
    [[], ['peanuts'], 'for an allergy to peanut read each pack for what it is made of and for "may contain"'],
    [[], ['alliums'], 'onion and garlic'],
    [[], ['nightshades'], 'nightshades read'],
  ])('for the diets %j and the allergens %j say "%s"', (diets, allergens, words) => {
    expect(said(diets, allergens)).toEqual([expect.stringContaining(words)]);
  });

  it('are said once for one thing, and not where there are none', () => {
    expect(said(['GF'], ['gluten', 'wheat'])).toHaveLength(1);
    expect(said(['vegan', 'no pork'])).toEqual([]);
    expect(said([], ['no allergies', 'pork'])).toEqual([]);
  });
});
