import type { Plan } from '../../../sdk/client.js';
import { leftOf, usesOf } from './left.js';

type Stops = NonNullable<Plan['clearances']>['stops'];

it('is what was bought and no meal uses, the most first', () => {
  const line = (ean: string, bought: number, packGrams: number, usedGrams: number) => ({
    ean,
    name: ean,
    useBy: '2026-12-01',
    bought,
    packGrams,
    usedGrams,
  });
  const stops = [
    { shop: { storeId: 'a' }, lines: [line('skyr', 1, 1000, 900), line('beef', 2, 500, 1000)] },
    { shop: { storeId: 'b' }, lines: [line('skyr', 2, 1000, 1500)] },
  ] as unknown as Stops;
  expect(leftOf({ stops }).map(({ key, grams }) => [key, grams])).toEqual([
    ['b skyr', 500],
    ['a skyr', 100],
  ]);
});

it('is told once of the same goods of two shops', () => {
  const use = (storeId: string, name: string, grams: number) => ({ storeId, ean: storeId, name, food: '', grams });
  const uses = [use('a', 'SKYR 1 KG', 100), use('b', 'SKYR 500 G', 50), use('b', 'Laks', 20)];
  expect(usesOf({ uses })).toEqual([
    { name: 'Skyr', grams: 150 },
    { name: 'Laks', grams: 20 },
  ]);
});
