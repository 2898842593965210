import { cheapestFirst } from './swaps.js';

const choice = (recipeId: string, differenceCents: number | null) => ({
  recipeId,
  title: recipeId,
  minutes: 20,
  differenceCents,
});

it('puts what costs less first, and what nobody knows the price of last', () => {
  const options = [
    choice('unknown', null),
    choice('dear', 300),
    choice('same', 0),
    choice('like', 0),
    choice('less', -120),
  ];
  expect(cheapestFirst(options).map(({ recipeId }) => recipeId)).toEqual(['less', 'same', 'like', 'dear', 'unknown']);
});
