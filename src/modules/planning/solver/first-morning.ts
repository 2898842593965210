import type { Library } from '../../nutrition/library.js';
import { restsOvernight, type Recipe } from '../../nutrition/recipes.js';
import { notice } from './notices.js';
import type { Plan, PlanDay, PlanRequest, Proof, Slot, Notice } from './plan.js';

/** Too early for what rests for hours to be begun on the same day. */
const MORNING: ReadonlySet<Slot> = new Set(['breakfast', 'morning_snack']);

/** Whether a meal has to be made ready the evening before. */
export const isOfTheEvening = (recipe: Recipe, slot: Slot): boolean => MORNING.has(slot) && restsOvernight(recipe);

const restingIn = ({ meals }: PlanDay, { recipes }: Library) =>
  meals.flatMap(({ slot, recipeId }) => {
    const recipe = recipes.get(recipeId);
    return recipe && isOfTheEvening(recipe, slot) ? [recipe] : [];
  });

interface Proven {
  plan: Plan;
  proof: Proof;
}

/**
 * The plan with the meals of its first day and of another exchanged, where it starts today and its first morning would need something that
 * rests overnight: nobody could begin that yesterday. As it was where no exchange is as good.
 */
export function startedFresh(
  { startsToday = false }: Pick<PlanRequest, 'startsToday'>,
  library: Library,
  proven: Proven,
  prove: (plan: Plan) => Proof,
): Proven {
  const { days } = proven.plan;
  const [first] = days;
  if (!startsToday || first === undefined || restingIn(first, library).length === 0) return proven;
  for (const [index, other] of days.entries()) {
    if (index === 0 || restingIn(other, library).length > 0) continue;
    const exchanged = days.with(0, { ...first, meals: other.meals }).with(index, { ...other, meals: first.meals });
    const plan = { ...proven.plan, days: exchanged };
    const proof = prove(plan);
    if (proof.violations.length <= proven.proof.violations.length) return { plan, proof };
  }
  return proven;
}

/** What is said where the first morning needs it all the same. */
export function restingNotices(
  { startsToday = false }: Pick<PlanRequest, 'startsToday'>,
  { days }: Plan,
  library: Library,
): Notice[] {
  const [first] = days;
  if (!startsToday || first === undefined) return [];
  return restingIn(first, library).map(({ title }) => notice('rests_overnight', { title }));
}
