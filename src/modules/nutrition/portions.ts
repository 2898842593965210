import { toBase } from '../../vocabulary/units.js';

/** A household measure of one food as USDA weighed it, e.g. 1 "cup, chopped" of onion is 160 g. */
export interface HouseholdPortion {
  amount: number;
  measure: string;
  grams: number;
}

/** `1 cup, chopped=160; 1 medium (2-1/2" dia)=110` as portions; what does not read as one is left out. */
export function readPortions(text: string): HouseholdPortion[] {
  return text.split(';').flatMap((part) => {
    const [, amount, measure, grams] = /^\s*([\d.]+)\s+(.+?)=([\d.]+)\s*$/.exec(part) ?? [];
    const portion = { amount: Number(amount), measure: measure ?? '', grams: Number(grams) };
    return portion.amount > 0 && portion.grams > 0 ? [portion] : [];
  });
}

export interface Weighed {
  grams: number;
  /** Why: a unit of mass, or the portion used. */
  evidence: string;
}

/**
 * Grams of a quantity of a food: of units of mass at once, of volumes by any portion that was weighed by volume (16 tbsp are a cup),
 * of pieces ("medium", "slice", none) by the portion with that word, or with the food's own. Null when nobody has weighed such a portion.
 */
export function gramsOf(
  { portions, name }: { portions: readonly HouseholdPortion[]; name?: string },
  quantity: number,
  unit: string | null,
): Weighed | null {
  const asked = toBase(quantity, unit ?? 'each');
  if (asked?.dimension === 'mass') return { grams: asked.amount, evidence: 'a unit of mass' };
  const portion = asked?.dimension === 'volume' ? byVolume(portions) : byWord(portions, unit, name);
  if (portion === undefined) return null;
  const { measure, amount, grams } = portion;
  const held = asked?.dimension === 'volume' ? toBase(amount, volumeOf(measure))!.amount : amount;
  const wanted = asked && asked.dimension === 'volume' ? asked.amount : (asked?.amount ?? quantity);
  return { grams: (wanted / held) * grams, evidence: `${amount} ${measure} = ${grams} g` };
}

/** The unit that a measure begins with: "cup, chopped" is a cup, "tbsp chopped" a tablespoon, "medium" none. */
const volumeOf = (measure: string): string => /^(fl oz|\w+)/.exec(measure)?.[1] ?? '';

const byVolume = (portions: readonly HouseholdPortion[]): HouseholdPortion | undefined =>
  portions.find(({ measure }) => toBase(1, volumeOf(measure))?.dimension === 'volume');

/** Sizes in the order in which a recipe that names none means them. */
const PIECES = ['medium', 'whole', 'each', 'fruit', 'large', 'small'];

/** A piece of avocado is "1 avocado", one of flour tortillas "1 tortilla". */
const ownWord = (name = ''): string[] => (name === '' ? [] : [name.split(' ').at(-1)!.replace(/s$/, '')]);

function byWord(
  portions: readonly HouseholdPortion[],
  unit: string | null,
  name?: string,
): HouseholdPortion | undefined {
  const names =
    unit === null || toBase(1, unit)?.dimension === 'count'
      ? [...PIECES, ...ownWord(name)]
      : [unit.toLowerCase().replace(/s$/, '')];
  const found = names.flatMap((name) => portions.filter(({ measure }) => new RegExp(`^${name}s?\\b`).test(measure)));
  return found[0];
}
