import type { Library } from '../../../nutrition/library.js';
import { areBandsEased, missedBands, type LetOff } from '../kitchen/easing.js';
import type { EasedBand, PersonTargets, Plan, Proof } from '../plan.js';

/** A plan that is proven again and again, under what it is let off. */
export interface Trial {
  prove: (plan: Plan) => Proof;
  /** As they are asked for: nothing let off. */
  targets: readonly PersonTargets[];
  library: Pick<Library, 'recipes'>;
}

/**
 * The plan let off only what it makes use of, and what the plan `before` it was: a swapped plan stays under the limits of the one that it
 * was swapped from, and says so.
 */
export function leastLetOff(
  plan: Plan,
  { prove, targets, library }: Trial,
  before: (LetOff & Pick<Plan, 'days'>) | null = null,
): { plan: Plan; proof: Proof } {
  let best = { plan, proof: prove(plan) };
  for (const one of plan.eased ?? []) {
    if (before?.eased?.includes(one)) continue;
    const stricter = { ...best.plan, eased: best.plan.eased!.filter((other) => other !== one) };
    const proof = prove(stricter);
    if (proof.violations.length <= best.proof.violations.length) best = { plan: stricter, proof };
  }
  const already =
    before === null || !areBandsEased(before) ? [] : (before.easedBands ?? missedBands(before, targets, library));
  if (!areBandsEased(best.plan)) return best;
  const easedBands = union(already, missedBands(best.plan, targets, library));
  const least = { ...best.plan, easedBands };
  return { plan: least, proof: prove(least) };
}

const union = (some: readonly EasedBand[], more: readonly EasedBand[]): readonly EasedBand[] => [
  ...some,
  ...more.filter((one) => !some.some((other) => other.personId === one.personId && other.nutrient === one.nutrient)),
];
