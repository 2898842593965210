import { csvRows } from '../../../common/csv.js';
import { dataFile } from '../../../platform/data-file.js';
import type { FoodState } from '../../../vocabulary/danish/state-of.js';
import { once } from '../../../vocabulary/tables.js';

/** How long what is bought is assumed to keep. A printed date always wins. Pure. */
const RULES = once(() =>
  csvRows(dataFile('danish', 'use_by_rules.csv')).map(
    ({ state, category_da: category, days_after_purchase: days }) => ({
      state: state!,
      category: category!,
      days: days === '' ? null : Number(days),
    }),
  ),
);

/** Days after the purchase, by category and state; of several groups there the shortest, and none for what nothing is known of. Null: it is no food. */
export function keepsDays(category: string, state: FoodState): number | null {
  if (state === 'none') return null;
  if (state === 'frozen') return least(RULES().filter((rule) => rule.state === 'frozen'));
  const filed = RULES().filter((rule) => rule.category !== '' && category.startsWith(rule.category));
  const same = filed.filter((rule) => rule.state === state);
  return least(same.length > 0 ? same : filed);
}

const least = (rules: readonly { days: number | null }[]): number =>
  rules.reduce((days, rule) => Math.min(days, rule.days ?? 0), rules.length > 0 ? Infinity : 0);
