import type { Plan } from '../../../../sdk/client.js';

export type ProofRow = NonNullable<Plan['proof']>['rows'][number];

/** A day's amount of a nutrient, drawn: shares of the width, 0 to 1. */
export interface Cell {
  row: ProofRow;
  /** Where the amount lies. */
  at: number;
  /** Where what it must be begins and ends. */
  from: number;
  to: number;
}

/** So much of the width lies under a least amount, and over a most. */
const OUTSIDE = 0.3;

/**
 * Each band lies at the same place, however wide it is in grams, so that a column of dots is read at one glance: under it amounts from none to the
 * least, over it from the most to twice as much. An open end goes on to the edge: an open band from its least to three times as much. Pure.
 */
export function cellOf(row: ProofRow): Cell {
  const { min, max, value } = row;
  const from = min === null ? 0 : OUTSIDE;
  const to = max === null ? 1 : 1 - OUTSIDE;
  const least = min ?? 0;
  const most = max ?? Math.max(least * 3, 1);
  const at =
    value < least
      ? (value / least) * from
      : value <= most
        ? from + (most > least ? (value - least) / (most - least) : 0.5) * (to - from)
        : to + Math.min(1, (value - most) / (most || 1)) * (1 - to);
  return { row, at: Math.min(1, Math.max(0, at)), from, to };
}

export interface Grid {
  dates: readonly string[];
  nutrients: readonly { nutrient: ProofRow['nutrient']; cells: readonly (Cell | null)[] }[];
}

/** Nutrients down, days across, for one person. A day for which a nutrient is not held has no cell. Pure. */
export function gridOf(rows: readonly ProofRow[], personId: string): Grid {
  const own = rows.filter((row) => row.personId === personId);
  const dates = [...new Set(own.map(({ date }) => date))].sort();
  const nutrients = [...new Set(own.map(({ nutrient }) => nutrient))];
  return {
    dates,
    nutrients: nutrients.map((nutrient) => ({
      nutrient,
      cells: dates.map((date) => {
        const row = own.find((one) => one.date === date && one.nutrient === nutrient);
        return row ? cellOf(row) : null;
      }),
    })),
  };
}

export const peopleOf = (rows: readonly ProofRow[]): string[] => [...new Set(rows.map(({ personId }) => personId))];
