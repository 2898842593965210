import { readFileSync } from 'node:fs';
import { WISH } from '../../../../test/support/clearances.js';
import { toldOffer } from '../../discounts/offering/told-offer.js';
import { libraryIn } from '../../nutrition/library.js';
import { offersOf } from '../../providers/salling/salling.mapping.js';
import { FoodWaste } from '../../providers/salling/salling.wire.js';
import { optimized } from './optimized.js';

const NOW = Date.parse('2026-03-27T09:15:00Z');
const DAY = JSON.parse(readFileSync('test/fixtures/danish/clearances_dk_day.json', 'utf8')) as unknown;

describe('dinners of the former optimizer', () => {
  const library = libraryIn('DKK');
  const near = { ...WISH.near, radiusKm: 5 };
  const offers = offersOf(FoodWaste.parse(DAY), NOW)!.map((offer) => ({
    ...toldOffer(offer, near, NOW),
    sourceId: 'SALLING' as const,
    isStale: false,
    seenAt: new Date(NOW).toISOString(),
    trail: [],
  }));
  const find = (meals: readonly string[]) =>
    optimized({
      offers,
      wish: { ...WISH, radiusKm: 5 },
      library,
      nowMs: NOW,
      startsOn: '2026-03-27',
      meals,
      count: meals.length,
      prefersOrganic: false,
    });
  const foodsIn = (id: string) => library.recipes.get(id)!.ingredients.map(({ food }) => food.name);

  it.each([
    ['kylling', /^(whole )?chicken|chicken (breast|thigh|drumstick|wing|leg)/],
    ['oksekød', /beef|steak|veal/],
    ['fisk', /salmon|cod|tuna|shrimp|trout|haddock|pollock|tilapia|halibut|fish|herring|mackerel|sardine|plaice/],
    ['chicken', /chicken/],
  ])('are of what "%s" names, in Danish as in English', (word, food) => {
    const { titles, unread } = find([word]);
    expect(unread).toEqual([]);
    expect([...titles.keys()].flatMap(foodsIn).filter((name) => food.test(name))).not.toEqual([]);
  });

  it('say for which words there is nothing', () => {
    expect(find(['rumraket', 'kylling']).unread).toEqual(['rumraket']);
  });
});
