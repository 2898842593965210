import { csvRows } from '../../../common/csv.js';
import { dataFile } from '../../../platform/data-file.js';
import type { FoodState } from '../../../vocabulary/danish/state-of.js';
import { once } from '../../../vocabulary/tables.js';

/** How long what is bought is assumed to keep. A printed date always wins. Pure. */
const RULES = once(() =>
  csvRows(dataFile('danish', 'use_by_rules.csv')).map(
    ({
      state,
      category_da: category,
      days_after_purchase: days,
      freezing_extends: freezes,
      days_if_frozen: frozen,
    }) => ({
      state: state!,
      category: category!,
      days: days === '' ? null : Number(days),
      frozenDays: freezes === 'yes' && frozen !== '' ? Number(frozen) : null,
    }),
  ),
);

/** Days after the purchase, by category and state; of several groups there the shortest, and none for what nothing is known of. Null: it is no food. */
export function keepsDays(category: string, state: FoodState): number | null {
  if (state === 'none') return null;
  return least(rulesFor(category, state));
}

/** Days for which it keeps when it is frozen on the day of the purchase; null where that is no good for any kind there, or it was frozen before. */
export function keepsFrozenDays(category: string, state: FoodState, name: string): number | null {
  if (state !== 'fresh' || THAWED.test(name)) return null;
  const rules = rulesFor(category, state);
  return rules.length > 0 && rules.every(({ frozenDays }) => frozenDays !== null)
    ? Math.min(...rules.map(({ frozenDays }) => frozenDays!))
    : null;
}
const THAWED = /opt[øo]e?[et]|optoe/i;

function rulesFor(category: string, state: FoodState) {
  if (state === 'frozen') return RULES().filter((rule) => rule.state === 'frozen');
  const filed = RULES().filter((rule) => rule.category !== '' && category.startsWith(rule.category));
  const same = filed.filter((rule) => rule.state === state);
  return same.length > 0 ? same : filed;
}

const least = (rules: readonly { days: number | null }[]): number =>
  rules.reduce((days, rule) => Math.min(days, rule.days ?? 0), rules.length > 0 ? Infinity : 0);
