import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { csvRows } from '../../common/csv.js';
import { readFood } from './foods.js';
import { isEnergyPlausible } from './nutrients.js';

const FILE = join(process.cwd(), '..', 'shared', 'data', 'public', 'foods.csv.gz');
const whenPresent = existsSync(FILE) ? describe : describe.skip;

whenPresent(`all foods of FoodData Central, from ../shared/data/public (skipped when it is absent)`, () => {
  const load = () =>
    csvRows(gunzipSync(readFileSync(FILE)).toString('utf8')).map((row) => ({
      source: row.source!,
      food: readFood(row, { name: row.description!, description: row.description! }),
    }));

  it('parse, 9,176 of them, unknown as unknown', () => {
    const all = load();
    expect(all).toHaveLength(9_176);
    expect(new Set(all.map(({ food }) => food.fdcId ?? food.ndbNo)).size).toBe(9_176);
    const unknown = (source: string) => all.filter((one) => one.source === source && one.food.per100g.fiber_g === null);
    expect(unknown('sr_legacy')).toHaveLength(552);
    expect(unknown('foundation_2024_10')).toHaveLength(163);
    expect(all.every(({ food }) => food.facts === null)).toBe(true);
  });

  it('have energy within 20 % of 4-4-9 for the share that was found when they were collected', () => {
    const all = load();
    const share = (source: string) => {
      const judged = all
        .filter((one) => one.source === source)
        .map(({ food }) => isEnergyPlausible(food.per100g))
        .filter((one) => one !== null);
      return Math.round((judged.filter(Boolean).length / judged.length) * 1e4) / 100;
    };
    expect(share('sr_legacy')).toBeCloseTo(96.92, 1);
    expect(share('sr28_only')).toBeCloseTo(97.97, 1);
    expect(share('foundation_2024_10')).toBeCloseTo(92.92, 1);
  });
});
