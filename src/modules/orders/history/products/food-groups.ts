import { csvRows } from '../../../../common/csv.js';
import { dataFile } from '../../../../platform/data-file.js';
import { FoodGroups } from './deciding/grouping-foods.js';

let shipped: FoodGroups | undefined;

/** The groups of what the shipped catalogue sells, read once. */
export const shippedFoodGroups = (): FoodGroups =>
  (shipped ??= new FoodGroups(
    csvRows(dataFile('catalogue', 'products.csv')).map(({ type, department }) => ({
      type: type!,
      department: department!,
    })),
  ));
