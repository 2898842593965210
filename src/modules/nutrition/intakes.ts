import { z } from 'zod';
import { NUTRIENTS, type Nutrient } from './nutrients.js';

/**
 * Dietary Reference Intakes of the US National Academies (RDA, or AI where there is none), as data/nutrition/dri.json holds them:
 * vitamins and elements 1997-2011, sodium and potassium 2019, macronutrients 2005; sodium's chronic disease risk reduction intake
 * (CDRR) 2019; limits on saturated fat from the Dietary Guidelines for Americans 2020-2025.
 */
export type LifeStage = 'child' | 'male' | 'female' | 'pregnant' | 'lactating';

export interface Intake {
  lifeStage: string;
  ageMin: number;
  ageMax: number;
  /** Recommended per day, in the unit of each nutrient. */
  daily: Readonly<Partial<Record<Nutrient, number>>>;
  /** Upper limits per day that hold for food, adults. */
  atMost: Readonly<Partial<Record<Nutrient, number>>>;
  /** Above this much sodium the risk of chronic disease grows; null where there is no figure. */
  sodiumAtMostMg: number | null;
  /** Acceptable shares of energy in percent, [from, to]; null under one year. */
  sharePct: { protein: Range; fat: Range; carbohydrate: Range } | null;
  saturatedFatAtMostPct: number | null;
}
type Range = readonly [number, number];

const Pair = z.tuple([z.number(), z.number()]);
const IntakeFile = z.object({
  groups: z.array(
    z.object({
      life_stage: z.string(),
      age_min: z.number(),
      age_max: z.number(),
      target: z.record(z.string(), z.number().nullable()),
      sodium_cdrr_mg: z.number().nullable(),
      amdr_pct: z.object({ protein: Pair, fat: Pair, carbohydrate: Pair }).nullable(),
      limits: z.object({ saturated_fat_pct_kcal: z.number() }).nullable(),
    }),
  ),
  ul: z.object({ adult_19_plus: z.record(z.string(), z.number()) }),
});
type Group = z.infer<typeof IntakeFile>['groups'][number];

/** The reference intakes of a file. Throws a ZodError when it is none. */
export function readIntakes(json: unknown): readonly Intake[] {
  const { groups, ul } = IntakeFile.parse(json);
  return groups.map((group) => intakeOf(group, ul.adult_19_plus));
}

function intakeOf(group: Group, limits: Readonly<Record<string, number>>): Intake {
  const daily: Partial<Record<Nutrient, number>> = {};
  const atMost: Partial<Record<Nutrient, number>> = {};
  for (const nutrient of NUTRIENTS) {
    // The file counts copper in micrograms, FoodData Central in milligrams.
    const [name, factor] = nutrient === 'copper_mg' ? ['copper_ug', 0.001] : [nutrient, 1];
    const recommended = group.target[name];
    if (recommended !== null && recommended !== undefined) daily[nutrient] = recommended * factor;
    const limit = FROM_SUPPLEMENTS_ONLY.has(nutrient) ? undefined : limits[byAge(name, group.age_min)];
    if (limit !== undefined && group.age_min >= 19) atMost[nutrient] = limit * factor;
  }
  return {
    lifeStage: group.life_stage,
    ageMin: group.age_min,
    ageMax: group.age_max,
    daily,
    atMost,
    sodiumAtMostMg: group.sodium_cdrr_mg,
    sharePct: group.amdr_pct,
    saturatedFatAtMostPct: group.limits?.saturated_fat_pct_kcal ?? null,
  };
}

/** Their upper limits hold for supplements, fortified foods or preformed vitamin alone, which a sum over foods does not tell apart. */
const FROM_SUPPLEMENTS_ONLY: ReadonlySet<Nutrient> = new Set([
  'niacin_mg',
  'vitamin_e_mg',
  'vitamin_a_rae_ug',
  'magnesium_mg',
]);

function byAge(name: string, age: number): string {
  if (name === 'calcium_mg') return age >= 51 ? 'calcium_mg_51_plus' : 'calcium_mg_19_50';
  if (name === 'phosphorus_mg') return age >= 71 ? 'phosphorus_mg_71_plus' : 'phosphorus_mg_19_70';
  return name;
}

/** The intakes for an age in years: groups count completed years, so 8.5 years is still "4 to 8". Null when there are none. */
export function intakeFor(intakes: readonly Intake[], lifeStage: LifeStage, ageYears: number): Intake | null {
  const years = Math.floor(ageYears);
  return intakes.find((one) => one.lifeStage === lifeStage && one.ageMin <= years && years <= one.ageMax) ?? null;
}
