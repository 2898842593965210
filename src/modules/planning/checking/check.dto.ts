import { z } from 'zod';
import { RecipeCard } from '../../nutrition/cookbook/recipe-card.dto.js';
import { Clash, Notice, Proof } from '../plan.dto.js';
import { household, MAX_DAYS, repetition, saysOneNumber, SAYS_TWO } from '../planning.dto.js';
import { MAX_MEALS, SLOTS } from '../solver/plan.js';

/** A plan that somebody else made. */
const MAX_FOODS = 40;
const Name = z.string().trim().min(1).max(100);
const Quantity = z.number().positive().max(100_000);

const EatenFood = z
  .strictObject({
    food: Name,
    grams: Quantity.optional(),
    quantity: Quantity.optional(),
    unit: z
      .string()
      .trim()
      .max(40)
      .optional()
      .describe('a unit of mass or volume, or a piece: "cup", "medium", "slice"'),
  })
  .refine(({ grams, quantity }) => (grams === undefined) !== (quantity === undefined), 'state grams, or a quantity');

const CheckedMeal = z
  .strictObject({
    slot: z.enum(SLOTS).optional().describe('by its place in the day where it is left out'),
    title: Name.optional(),
    recipeId: z.string().max(120).optional(),
    foods: z.array(EatenFood).min(1).max(MAX_FOODS).optional().describe('what makes one serving'),
    portions: z
      .array(z.strictObject({ personId: z.string().max(40), servings: z.number().nonnegative().max(50) }))
      .max(12)
      .optional()
      .describe('one serving for everybody where it is left out'),
  })
  .refine(({ recipeId, foods }) => (recipeId === undefined) !== (foods === undefined), 'state a recipe, or foods');

export const CheckPlan = z
  .strictObject({
    people: household.people,
    diets: household.diets,
    allergens: household.allergens,
    dislikes: household.dislikes,
    micronutrients: household.micronutrients,
    maxMinutes: household.maxMinutes,
    ...repetition,
    startsOn: z.iso.date().optional().describe('of the first day; today where it is left out'),
    days: z
      .array(z.strictObject({ meals: z.array(CheckedMeal).min(1).max(MAX_MEALS) }))
      .min(1)
      .max(MAX_DAYS),
  })
  .refine(saysOneNumber, SAYS_TWO)
  .meta({ id: 'CheckPlan' });
export type CheckPlan = z.infer<typeof CheckPlan>;

export const PlanCheck = z
  .object({
    /** Every target is met and no rule is broken. */
    isMet: z.boolean(),
    days: z.array(
      z.object({
        date: z.iso.date(),
        meals: z.array(
          z.object({
            slot: z.enum(SLOTS),
            title: z.string(),
            recipeId: z.string(),
            portions: z.array(z.object({ personId: z.string(), servings: z.number() })),
            /** How each food was weighed, of one serving. */
            foods: z.array(z.object({ food: z.string(), grams: z.number(), evidence: z.string() })),
            recipe: RecipeCard.nullable(),
          }),
        ),
      }),
    ),
    proof: Proof,
    clashes: z.array(Clash),
    notices: z.array(Notice),
  })
  .meta({ id: 'PlanCheck' });
export type PlanCheck = z.infer<typeof PlanCheck>;
