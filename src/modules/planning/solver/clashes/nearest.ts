import { plainMoney } from '../../../../common/money.js';
import { labelOf, type Nutrient } from '../../../nutrition/nutrients.js';
import type { Kitchen } from '../kitchen/kitchen.js';
import type { Clash, Proof } from '../plan.js';

/** What was looked for and not found: read off the nearest plan's own proof, and no claim that there is none. */

/** What the nearest plan misses, where nothing was proven: by person, and for all days or each. */
export function foundClashes({ request }: Kitchen, { rows, violations, costCents }: Proof): readonly Clash[] {
  const missed = new Map<string, { personId: string; between: Nutrient[]; dates: string[] }>();
  for (const personId of request.people.map(({ id }) => id))
    for (const date of new Set(rows.map((row) => row.date))) {
      const unmet = rows.filter((row) => row.date === date && row.personId === personId && !row.isMet);
      if (unmet.length === 0) continue;
      const nutrients = unmet.map(({ nutrient }) => nutrient);
      const key = `${personId} ${nutrients.join(' ')}`;
      const same = missed.get(key) ?? { personId, between: nutrients, dates: [] };
      missed.set(key, { ...same, dates: [...same.dates, date] });
    }
  const clashes = [...missed.values()].flatMap(({ personId, between: nutrients, dates }): Clash[] => {
    const labels = nutrients.map(labelOf).join(', ');
    const clash = { personId, between: nutrients, isProven: false };
    if (dates.length === request.days)
      return [
        { ...clash, date: null, sentence: `No day was found that meets the targets; the nearest misses ${labels}.` },
      ];
    return dates.map((date) => ({
      ...clash,
      date,
      sentence: `No meals were found for ${date} that meet ${labels} too.`,
    }));
  });
  if (!violations.some(({ rule }) => rule === 'budget')) return clashes;
  const found = clashes.length === 0 ? 'the least that was found to work is' : 'the nearest plan costs';
  const least = costCents === null ? '' : `; ${found} ${plainMoney(costCents, request.currency)}`;
  const sentence = `No plan was found whose list costs ${plainMoney(request.budgetCents!, request.currency)} or less in whole packs${least}.`;
  return [...clashes, { date: null, personId: null, between: ['budget'], isProven: false, sentence }];
}
