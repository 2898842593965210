import { avoidedBy, foundIn } from '../../../vocabulary/allergens.js';
import type { Diet } from '../../../vocabulary/diet-names.js';
import { breachIn, dietNamed, isOfHealth } from '../../../vocabulary/diets.js';
import type { Holdings } from '../../../vocabulary/holdings.js';
import type { CartLine } from '../provider.js';

/** What nothing bought for a line may hold or break. */
export interface Rules {
  avoided: readonly { said: string; ids: readonly string[] }[];
  diets: readonly Diet[];
  /** Words of the line that nobody can read: nothing can be held against them, so nothing is bought. */
  unread: readonly string[];
}

export function rulesOf({ allergens = [], diets = [] }: Pick<CartLine, 'allergens' | 'diets'>): Rules {
  const avoided: { said: string; ids: readonly string[] }[] = [];
  const unread: string[] = [];
  for (const said of allergens) {
    const read = avoidedBy(said);
    if (read.ok) avoided.push({ said, ids: read.ids });
    else unread.push(said);
  }
  const named = diets.map((said) => dietNamed(said) ?? said);
  const known = named.filter((one): one is Diet => dietNamed(one) === one);
  return { avoided, diets: known, unread: [...unread, ...named.filter((one) => dietNamed(one) !== one)] };
}

export interface Safety {
  evidence: readonly string[];
  /** Some packs of this name hold what is avoided: only the shopper can tell by the label. */
  asks: boolean;
}

/** Why a product of these holdings must not be bought, or what was found of it. */
export function safetyOf(rules: Rules, holdings: Holdings): Safety | { refused: string } {
  const evidence: string[] = [];
  let asks = false;
  if (rules.unread.length > 0) return { refused: `unread:${rules.unread[0]}` };
  for (const { said, ids } of rules.avoided) {
    const found = foundIn(ids, holdings);
    if (found && found.certainty !== 'may') return { refused: `allergen:${said}:${found.word}` };
    if (found) asks = true;
    evidence.push(found ? `allergen:${said}:may:${found.word}` : `allergen:${said}:not-implied`);
  }
  for (const diet of rules.diets) {
    const found = breachIn(diet, holdings);
    if (found && found.certainty !== 'may') return { refused: `diet:${diet}:${found.word}` };
    if (found && isOfHealth(diet)) asks = true;
    evidence.push(found ? `diet:${diet}:may:${found.word}` : `diet:${diet}:not-broken`);
  }
  return { evidence, asks };
}

/** Words for something made of plants where the plain word is dairy. */
const PLANT = new Set('almond oat soy soya coconut cashew rice hemp pea macadamia flax vegan plant'.split(' '));
/** Whether a shelf ("Cheese") tells of what is on it: not where the name says that it is another thing. */
export const isTellingShelf = (category: readonly string[], words: readonly string[]): boolean =>
  category.length === 1 && !words.some((word) => PLANT.has(word));
