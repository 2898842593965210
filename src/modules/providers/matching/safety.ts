import { avoidedBy, foundIn } from '../../../vocabulary/allergens.js';
import type { Diet } from '../../../vocabulary/diet-names.js';
import { breachIn, dietNamed, isOfHealth } from '../../../vocabulary/diets.js';
import { holdingsOf, type Holdings } from '../../../vocabulary/holdings.js';
import type { CartLine } from '../provider.js';

/** What nothing bought for a line may hold or break. */
export interface Rules {
  avoided: readonly { said: string; ids: readonly string[] }[];
  diets: readonly Diet[];
  /** Words of the line that nobody can read: nothing can be held against them, so nothing is bought. */
  unread: readonly string[];
  /** What the line's own name tells and the caller has judged; empty where nobody has. */
  judged: Holdings;
}

export function rulesOf(line: Pick<CartLine, 'name' | 'allergens' | 'diets' | 'judged'>): Rules {
  const { allergens = [], diets = [] } = line;
  const avoided: { said: string; ids: readonly string[] }[] = [];
  const unread: string[] = [];
  for (const said of allergens) {
    const read = avoidedBy(said);
    if (read.ok) avoided.push({ said, ids: read.ids });
    else unread.push(said);
  }
  const named = diets.map((said) => dietNamed(said) ?? said);
  const known = named.filter((one): one is Diet => dietNamed(one) === one);
  return {
    avoided,
    diets: known,
    unread: [...unread, ...named.filter((one) => dietNamed(one) !== one)],
    judged: line.judged ? holdingsOf(line.name) : NOTHING,
  };
}

const NOTHING: Holdings = new Map();

/**
 * What a product's name adds to what was judged: rice noodles that a plan chose are no doubt, rice noodles with garlic are. An allergen
 * that a name says surely, or that a label warns of, is never settled so; of diets all is that the line's own name says as surely.
 */
function added(holdings: Holdings, judged: Holdings, settles: 'doubts' | 'all'): Holdings {
  if (judged.size === 0) return holdings;
  return new Map(
    [...holdings].filter(([id, held]) => {
      const known = judged.get(id);
      if (known === undefined || held.isWarned) return true;
      return held.certainty !== 'may' && (settles === 'doubts' || known.certainty !== held.certainty);
    }),
  );
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
  const toAllergens = added(holdings, rules.judged, 'doubts');
  for (const { said, ids } of rules.avoided) {
    const found = foundIn(ids, toAllergens);
    if (found && found.certainty !== 'may') return { refused: `allergen:${said}:${found.word}` };
    if (found) asks = true;
    evidence.push(found ? `allergen:${said}:may:${found.word}` : `allergen:${said}:not-implied`);
  }
  const toDiets = added(holdings, rules.judged, 'all');
  for (const diet of rules.diets) {
    const found = breachIn(diet, toDiets);
    if (found && found.certainty !== 'may') return { refused: `diet:${diet}:${found.word}` };
    if (found && isOfHealth(diet)) asks = true;
    evidence.push(found ? `diet:${diet}:may:${found.word}` : `diet:${diet}:not-broken`);
  }
  return { evidence, asks };
}

/**
 * The diets of a line that bind how an animal is slaughtered, for meat whose name does not say that it was: only its label can tell. What
 * the caller has judged is not asked again.
 */
export function slaughterUntold(
  { rules }: { rules: Rules },
  { holdings, claims }: { holdings: Holdings; claims: ReadonlySet<string> },
): string[] {
  const toMeat = added(holdings, rules.judged, 'all');
  const meat = breachIn('pescatarian', toMeat);
  if (!meat || meat.certainty === 'may') return [];
  return rules.diets.filter((diet) => SLAUGHTERED.has(diet) && !claims.has(diet));
}
const SLAUGHTERED: ReadonlySet<string> = new Set(['halal', 'kosher']);

/** Words for something made of plants where the plain word is dairy. */
const PLANT = new Set('almond oat soy soya coconut cashew rice hemp pea macadamia flax vegan plant'.split(' '));
/** Whether a shelf ("Cheese") tells of what is on it: not where the name says that it is another thing. */
export const isTellingShelf = (category: readonly string[], words: readonly string[]): boolean =>
  category.length === 1 && !words.some((word) => PLANT.has(word));
