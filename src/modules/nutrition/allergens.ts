import { clashes } from '../../vocabulary/substances.js';

/**
 * What a food holds, by the substances of the vocabulary: the allergens of US and EU law down to the grain and the nut, sensitivities, and
 * the kinds that diets ask for. data/nutrition/food_facts.csv says it food by food: `holds` always or usually, `may` in some packs (bread
 * is baked with milk by one maker and without by another). Traces are not judged: it is no medical assurance.
 */
export interface FoodFacts {
  holds: ReadonlySet<string>;
  may: ReadonlySet<string>;
  /** Of a composed food: what one sees or tastes in it, as our foods are called or else in plain words. */
  parts: readonly string[];
}

/** Whether a food may hold what somebody avoids; one that nobody has looked at may hold anything. */
export function mayHold(avoided: readonly string[], { facts }: { facts: FoodFacts | null }): boolean {
  return facts === null || holdsAny(avoided, facts.holds) || holdsAny(avoided, facts.may);
}

export function holdsAny(avoided: readonly string[], held: ReadonlySet<string>): boolean {
  for (const id of held) if (avoided.some((one) => clashes(one, id))) return true;
  return false;
}
