import type { Nutrient } from '../../../nutrition/nutrients.js';
import type { Recipe } from '../../../nutrition/recipes.js';
import type { PersonTargets } from '../plan.js';
import type { LeastShares, Limits } from './servings.js';

/** A person as numbers: the ends of their bands, and the energy they usually have at each meal. */
export interface Eater {
  personId: string;
  /** Among all who eat, from 0. */
  index: number;
  /** By index of the nutrient. */
  least: Float64Array;
  most: Float64Array;
  /** Of each meal of the day. */
  kcal: readonly number[];
  rigour: Rigour;
}

/** How close a search comes to the ends of the bands, and what a miss counts. */
export interface Rigour {
  /** So far inside the ends, as a share of the band's figure: rounding must not lead out. */
  margin: number;
  /** What a miss of the whole figure counts, squared as it is. */
  miss: number;
  /** What a meal at twice its usual servings counts. */
  unusual: number;
  /** How long a descent goes on that still gains. */
  sweeps: number;
}
export const USUAL_RIGOUR: Rigour = { margin: 0.01, miss: 2e5, unusual: 8, sweeps: 14 };
/** For days that hardly fit. */
export const STRICT_RIGOUR: Rigour = { margin: 0.001, miss: 2e7, unusual: 8, sweeps: 60 };
/** The bands themselves, a hair wider, and nothing else: what misses them here misses them for certain. */
export const PROVING_RIGOUR: Rigour = { margin: -1e-5, miss: 1e6, unusual: 0, sweeps: 60 };

/** A recipe at one meal, as numbers. */
export interface Dish {
  recipe: Recipe;
  /** Among all dishes of the kitchen, from 0. A recipe is another dish at another meal. */
  index: number;
  /** By index of the eater. */
  limits: readonly Limits[];
  leastShares: LeastShares;
  /** Per serving, by index of the nutrient. */
  amounts: Float64Array;
  kcal: number;
  /** The least that a serving adds to the list, by the gram of the cheapest packs. */
  cents: number;
}

/** A person's bands, each divided by its own figure: a miss of 0.01 is one percent of any nutrient. */
export function eaterOf(
  { personId, bands, energyKcal }: PersonTargets,
  index: number,
  nutrients: readonly Nutrient[],
  shares: readonly number[],
  scales: Float64Array,
  rigour: Rigour,
): Eater {
  const least = new Float64Array(nutrients.length).fill(-Infinity);
  const most = new Float64Array(nutrients.length).fill(Infinity);
  for (const { nutrient, min, max } of bands) {
    const at = nutrients.indexOf(nutrient);
    const margin = rigour.margin * (max ?? min ?? 0);
    const inside = min === null || max === null ? margin : Math.min(margin, (max - min) / 4);
    if (min !== null && min > 0) least[at] = (min + inside) / scales[at]!;
    if (max !== null) most[at] = (max - inside) / scales[at]!;
  }
  return { personId, index, least, most, kcal: shares.map((share) => share * energyKcal), rigour };
}
