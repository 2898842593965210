import { z } from 'zod';

/**
 * The 39 nutrients we keep, each with its ids in USDA FoodData Central (nutrient.csv), best first, and how a person calls it. Several
 * ids mean one quantity measured in several ways. Energy goes by 1008 (as published), then 2048 (Atwater, factors of the food), then
 * 2047 (Atwater, general factors): Foundation foods have no 1008, and whoever reads 1008 alone takes them for foods without energy.
 */
const TABLE = {
  kcal: [[1008, 2048, 2047], 'energy', 'kcal'],
  protein_g: [[1003], 'protein', 'g'],
  fat_g: [[1004, 1085], 'fat', 'g'],
  carbohydrate_g: [[1005, 1050], 'carbohydrate', 'g'],
  fiber_g: [[1079, 2033], 'fibre', 'g'],
  sugars_g: [[2000, 1063], 'sugars', 'g'],
  saturated_fat_g: [[1258], 'saturated fat', 'g'],
  monounsat_fat_g: [[1292], 'monounsaturated fat', 'g'],
  polyunsat_fat_g: [[1293], 'polyunsaturated fat', 'g'],
  trans_fat_g: [[1257], 'trans fat', 'g'],
  cholesterol_mg: [[1253], 'cholesterol', 'mg'],
  sodium_mg: [[1093], 'sodium', 'mg'],
  potassium_mg: [[1092], 'potassium', 'mg'],
  calcium_mg: [[1087], 'calcium', 'mg'],
  iron_mg: [[1089], 'iron', 'mg'],
  magnesium_mg: [[1090], 'magnesium', 'mg'],
  phosphorus_mg: [[1091], 'phosphorus', 'mg'],
  zinc_mg: [[1095], 'zinc', 'mg'],
  copper_mg: [[1098], 'copper', 'mg'],
  manganese_mg: [[1101], 'manganese', 'mg'],
  selenium_ug: [[1103], 'selenium', 'µg'],
  vitamin_a_rae_ug: [[1106], 'vitamin A', 'µg'],
  vitamin_c_mg: [[1162], 'vitamin C', 'mg'],
  vitamin_d_ug: [[1114], 'vitamin D', 'µg'],
  vitamin_e_mg: [[1109], 'vitamin E', 'mg'],
  vitamin_k_ug: [[1185], 'vitamin K', 'µg'],
  thiamin_mg: [[1165], 'thiamin', 'mg'],
  riboflavin_mg: [[1166], 'riboflavin', 'mg'],
  niacin_mg: [[1167], 'niacin', 'mg'],
  vitamin_b6_mg: [[1175], 'vitamin B6', 'mg'],
  folate_dfe_ug: [[1190], 'folate', 'µg'],
  vitamin_b12_ug: [[1178], 'vitamin B12', 'µg'],
  choline_mg: [[1180], 'choline', 'mg'],
  ala_n3_g: [[1404, 1270], 'alpha-linolenic acid', 'g'],
  epa_g: [[1278], 'EPA', 'g'],
  dha_g: [[1272], 'DHA', 'g'],
  caffeine_mg: [[1057], 'caffeine', 'mg'],
  alcohol_g: [[1018], 'alcohol', 'g'],
  water_g: [[1051], 'water', 'g'],
} as const satisfies Record<string, readonly [fdcIds: readonly number[], label: string, unit: string]>;

export type Nutrient = keyof typeof TABLE;
export const NUTRIENTS = Object.keys(TABLE) as readonly Nutrient[];
export const Nutrient = z.enum(NUTRIENTS);

export const labelOf = (nutrient: Nutrient): string => TABLE[nutrient][1];
export const unitOf = (nutrient: Nutrient): string => TABLE[nutrient][2];

/** Amounts of nutrients, each in its own unit, per 100 g of a food. Null: not measured, which is no zero. */
export type Amounts = Readonly<Record<Nutrient, number | null>>;

/** A cell of figures: empty is unknown, anything else a number of 0 or more. */
const Figure = z.string().transform((text, issues) => {
  if (text.trim() === '') return null;
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  issues.addIssue(`"${text}" is no amount of a nutrient`);
  return z.NEVER;
});
const Figures = z.record(Nutrient, Figure);

/** The 39 figures of a row, by the nutrients' own names. Throws a ZodError for a missing column and what is no amount. */
export function readAmounts(row: Readonly<Record<string, string>>): Amounts {
  return Figures.parse(Object.fromEntries(NUTRIENTS.map((nutrient) => [nutrient, row[nutrient]])));
}

/** The figures of a food as FoodData Central lists them: amounts per 100 g by nutrient id. The first id that is there counts. */
export function amountsFromFdc(byId: ReadonlyMap<number, number>): Amounts {
  const amountOf = (nutrient: Nutrient) => {
    const ids: readonly number[] = TABLE[nutrient][0];
    const id = ids.find((one) => byId.has(one));
    return id === undefined ? null : byId.get(id)!;
  };
  return Object.fromEntries(NUTRIENTS.map((nutrient) => [nutrient, amountOf(nutrient)])) as Amounts;
}

/** What is in a mixture: the known part of a nutrient, and whether that is all of it. */
export interface Total {
  amount: number;
  /** Foods in it for which the nutrient was not measured; the amount is then a lower bound. */
  unknownFoods: readonly string[];
}
export type Totals = Readonly<Record<Nutrient, Total>>;

/** The nutrients in so many grams of each food. */
export function totalsOf(parts: readonly { food: { name: string; per100g: Amounts }; grams: number }[]): Totals {
  const totalOf = (nutrient: Nutrient): Total => {
    const unknown = parts.filter(({ food }) => food.per100g[nutrient] === null);
    return {
      amount: parts.reduce((sum, { food, grams }) => sum + ((food.per100g[nutrient] ?? 0) * grams) / 100, 0),
      unknownFoods: unknown.map(({ food }) => food.name),
    };
  };
  return Object.fromEntries(NUTRIENTS.map((nutrient) => [nutrient, totalOf(nutrient)])) as Totals;
}

/** Allowed difference between the stated energy and 4-4-9: that much of it, or 5 kcal for foods with hardly any. */
const ENERGY_TOLERANCE = 0.2;
const ENERGY_SLACK_KCAL = 5;

/**
 * Whether energy agrees with 4 kcal/g protein, 4 kcal/g carbohydrate, 9 kcal/g fat and 7 kcal/g alcohol, where there is any; null when
 * one of the first three is unknown. Published energy goes by factors of each food (Merrill and Watt, 1973) and counts fibre
 * otherwise, and so 3 % of foods fall outside.
 */
export function isEnergyPlausible({ kcal, protein_g, carbohydrate_g, fat_g, alcohol_g }: Amounts): boolean | null {
  if (kcal === null || protein_g === null || carbohydrate_g === null || fat_g === null) return null;
  const difference = Math.abs(kcal - (4 * protein_g + 4 * carbohydrate_g + 9 * fat_g + 7 * (alcohol_g ?? 0)));
  return difference <= Math.max(ENERGY_SLACK_KCAL, ENERGY_TOLERANCE * kcal);
}
