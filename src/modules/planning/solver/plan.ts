import type { Currency } from '../../../common/money.js';
import type { Nutrient } from '../../nutrition/nutrients.js';
import type { MealKind } from '../../nutrition/cookbook/recipe-card.dto.js';

/** The words of meal plans. Dates are YYYY-MM-DD, weights grams, money integer cents, servings of the recipe as written. */

export const SLOTS = ['breakfast', 'morning_snack', 'lunch', 'afternoon_snack', 'dinner', 'evening_snack'] as const;
/** When a meal is eaten; a day has each at most once. */
export type Slot = (typeof SLOTS)[number];

const MEALS_OF_A_DAY: Readonly<Record<number, readonly Slot[]>> = {
  2: ['lunch', 'dinner'],
  3: ['breakfast', 'lunch', 'dinner'],
  4: ['breakfast', 'lunch', 'afternoon_snack', 'dinner'],
  5: ['breakfast', 'morning_snack', 'lunch', 'afternoon_snack', 'dinner'],
  6: SLOTS,
};
export const MIN_MEALS = 2;
export const MAX_MEALS = 6;

export const slotsOf = (mealsPerDay: number): readonly Slot[] => MEALS_OF_A_DAY[mealsPerDay] ?? [];
export const kindOf = (slot: Slot): MealKind => (slot.endsWith('_snack') ? 'snack' : (slot as MealKind));

export const ACTIVITIES = ['sedentary', 'low_active', 'active', 'very_active'] as const;
export type Activity = (typeof ACTIVITIES)[number];
export const GOALS = ['maintain', 'lose', 'gain'] as const;
export type Goal = (typeof GOALS)[number];

/** Nobody younger is planned for, in years. */
export const YOUNGEST_YEARS = 4;

export interface Person {
  /** The caller's own, unique in the request. */
  id: string;
  ageYears: number;
  sex: 'female' | 'male';
  heightCm: number;
  weightKg: number;
  activity: Activity;
  goal: Goal;
  expecting: 'pregnant' | 'lactating' | null;
  /** Per day; what is not stated comes from reference intakes. */
  targets: Readonly<Partial<Record<Nutrient, StatedTarget>>>;
}

/** A target with the usual tolerance, or limits of one's own. */
export interface StatedTarget {
  target?: number;
  min?: number;
  max?: number;
}

export interface PantryItem {
  food: string;
  grams: number;
}

/** Food that is there on some days alone, such as what may be bought on clearance. Grams as bought; `until` is the last day. */
export interface DatedFood {
  food: string;
  grams: number;
  from: string;
  until: string;
}

export interface PlanRequest {
  /** Of all its money; US dollars in plans that name none. */
  currency?: Currency;
  startsOn: string;
  /** Whether that is the day on which it is asked for, or before: nothing can rest overnight for its morning. */
  startsToday?: boolean;
  /** 1 to 14. */
  days: number;
  /** MIN_MEALS to MAX_MEALS. */
  mealsPerDay: number;
  /** They eat the same recipes, each in portions of their own. */
  people: readonly Person[];
  /** Children too young to be planned for, who eat along; `place` is theirs in the caller's list. Absent in older plans. */
  leftOut?: readonly { id: string; ageYears: number; place: number }[];
  /** They hold for everybody, as do allergens and dislikes. */
  /** As the caller said them; a word that names none is refused. */
  diets: readonly string[];
  /** Free names: "tree nuts", "dairy", "kiwi". One that cannot be checked refuses the plan. */
  allergens: readonly string[];
  dislikes: readonly string[];
  pantry: readonly PantryItem[];
  /** Food that meals are welcome to use while it keeps; whether they do, is told by who buys it. */
  dated?: readonly DatedFood[];
  /** For the whole plan: what its list costs in whole packs at catalogue prices. */
  budgetCents: number | null;
  /** Whether what is left over and keeps is taken off what the budget bounds. */
  countLeftovers?: boolean;
  /** Whether the kitchen has salt, oil, spices and flour. */
  pantryStaples?: boolean;
  /** A recipe's whole time to cook. */
  maxMinutes: number | null;
  /** Nutrients to hold beside energy, protein, carbohydrate, fat, fibre and sodium. */
  micronutrients: readonly Nutrient[];
  /** How often a recipe may come in a week of the plan; null: twice, more only when nothing else fits. */
  maxRepeats: number | null;
  /** Whether a recipe may come on two days running; otherwise only when nothing else fits. */
  mayRunOn?: boolean;
  /** Ends of every portion as shares of the usual serving, where the caller states others than PORTION_SHARES. */
  portions?: { least?: number; most?: number };
  /** Foods that no shop has: recipes with them are left out. */
  unavailableFoods: readonly string[];
  /** Same request, same seed, same plan. An integer of 0 or more. */
  seed: number;
}

/** What a day of one person must hold of a nutrient. An open end is null. */
export interface Band {
  nutrient: Nutrient;
  min: number | null;
  max: number | null;
  /** What was aimed at, where there is one figure. */
  target: number | null;
  basis: 'stated' | 'reference';
  /** Where the figures come from, for people. */
  source: string;
}

export interface PersonTargets {
  personId: string;
  energyKcal: number;
  bands: readonly Band[];
}

/** A plan as it is proposed, by a model or by chance: servings are those of the whole household. */
export interface DraftPlan {
  days: readonly { date: string; meals: readonly { slot: Slot; recipeId: string; servings: number }[] }[];
}

export interface Portion {
  personId: string;
  servings: number;
}
export interface PlanMeal {
  slot: Slot;
  recipeId: string;
  portions: readonly Portion[];
}
export interface PlanDay {
  date: string;
  meals: readonly PlanMeal[];
}
export interface Plan {
  seed: number;
  /** The limit it keeps, at or above the usual two a week. */
  repeatLimit: number;
  /** What it was let off because no plan was found that keeps it; absent in plans made before there was any. */
  eased?: readonly Easing[];
  /** Where 'bands' or 'energy' are let off, the ones that it makes use of, or the plan that it was swapped from; absent in older plans, which had all. */
  easedBands?: readonly EasedBand[];
  days: readonly PlanDay[];
}
export interface EasedBand {
  personId: string;
  nutrient: Nutrient;
}

/**
 * What a plan may be let off, in this order, each only where none was found that keeps it: a main meal that is an unusual share of the
 * day, and bands that nobody stated; a recipe on two days running, and more than twice a week; energy that nobody stated; portions that
 * are unusual.
 */
export const EASINGS = ['shares', 'bands', 'running', 'energy', 'portions'] as const;
export type Easing = (typeof EASINGS)[number];

/** The rules a plan is proven by. The list grows. */
export const RULES = [
  'date',
  'slot',
  'recipe',
  'allergen',
  'diet',
  'dislike',
  'caution',
  'time',
  'stock',
  'portion',
  'share',
  'repeat',
  'band',
  'budget',
] as const;
export type Rule = (typeof RULES)[number];

export interface Violation {
  rule: Rule;
  date: string | null;
  slot: Slot | null;
  personId: string | null;
  /** A sentence. */
  detail: string;
}

/** One day, one person, one nutrient. */
export interface ProofRow {
  date: string;
  personId: string;
  nutrient: Nutrient;
  min: number | null;
  max: number | null;
  target: number | null;
  /** The sum over the day's portions; a lower bound when `unknownFoods` names some. */
  value: number;
  /** (value - target) / target where there is a target, else how far outside the band in shares of its nearer end; 0 inside. */
  error: number;
  isMet: boolean;
  unknownFoods: readonly string[];
  sources: readonly { slot: Slot; recipeId: string; servings: number; amount: number }[];
}

export interface Proof {
  rows: readonly ProofRow[];
  violations: readonly Violation[];
  /** What the list costs in whole packs, less what keeps of the leftovers where that counts; null when a price is unknown. */
  costCents: number | null;
  /** Which rows of FoodData Central each recipe is counted from, in grams per serving. */
  foods: Readonly<Record<string, readonly { food: string; fdcId: number | null; grams: number }[]>>;
}

/** Targets that cannot be met together. */
export interface Clash {
  /** Null: it holds for every day of the plan. */
  date: string | null;
  personId: string | null;
  /** The nutrients whose bands clash, "budget" and "repeats"; empty when there is no recipe at all. */
  between: readonly (Nutrient | 'budget' | 'repeats')[];
  /** Proven: no recipes in any portions can meet them. Otherwise none was found. */
  isProven: boolean;
  sentence: string;
}

/** Why nothing was planned. `pointer` is a JSON Pointer into the request. */
export interface Refusal {
  pointer: string;
  reason: string;
}

/** Every sentence that a plan says of itself, by a name of its own; notices.ts has them. */
export const SAYINGS = [
  'goal_expecting',
  'goal_growing',
  'goal_light',
  'energy_raised',
  'energy_cut',
  'no_reference',
  'shares_open',
  'allergen_unused',
  'dislike_unused',
  'pantry_unknown',
  'dislike_read',
  'left_out',
  'caution_pregnancy',
  'caution_choking',
  'label_halal',
  'label_kosher',
  'label_gluten',
  'label_fodmap',
  'label_traces',
  'budget_least',
  'budget_kept',
  'protein_high',
  'nutrient_low',
  'iodine_unknown',
  'meals_borrowed',
  'repeats_raised',
  'days_running',
  'shares_eased',
  'bands_eased',
  'portions_eased',
  'supplement_usual',
  'cut_short',
  'staples_at_home',
  'rests_overnight',
] as const;
export type Saying = (typeof SAYINGS)[number];

export type NoticeCode =
  | 'goal_adjusted'
  | 'energy_adjusted'
  | 'targets_adjusted'
  | 'unknown_food'
  | 'dislike_read'
  | 'left_out'
  | 'cautions'
  | 'labels'
  | 'budget_least'
  | 'budget_kept'
  | 'protein_high'
  | 'nutrient_low'
  | 'nutrient_unknown'
  | 'meals_borrowed'
  | 'repeats_raised'
  | 'days_running'
  | 'shares_eased'
  | 'bands_eased'
  | 'portions_eased'
  | 'supplement_usual'
  | 'cut_short'
  | 'staples_at_home'
  | 'rests_overnight';

/** What a sentence is made of, for who says it in another language: codes, figures in the units of their names, and names as we have them. */
export type Facts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** What was adjusted or could not be taken into account. */
export interface Notice {
  code: NoticeCode;
  personId: string | null;
  /** In English. */
  sentence: string;
  /** Which of the sentences of its code it is, and what it is made of: for who says it in another language. */
  saying: Saying;
  facts: Facts;
}

/** What happened to a draft on its way to a plan. */
export interface Repair {
  date: string;
  slot: Slot;
  kind: 'portion' | 'replaced' | 'filled';
  /** The recipe before, for `replaced`. */
  from: string | null;
  /** Grams that the household's portions changed by, for `portion`. */
  changedGrams: number;
}

export type PlanOutcome =
  | { kind: 'planned'; plan: Plan; proof: Proof; repairs: readonly Repair[]; notices: readonly Notice[] }
  /** `nearest` misses the bands named and nothing else; null when there was nothing to choose from. */
  | {
      kind: 'clash';
      clashes: readonly Clash[];
      nearest: { plan: Plan; proof: Proof } | null;
      notices: readonly Notice[];
    }
  | { kind: 'refused'; refusals: readonly Refusal[] };
