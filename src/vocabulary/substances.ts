import { listed, once, tableOf } from './tables.js';

/**
 * What a food can hold that somebody avoids: the allergens of US and EU law down to the single grain and nut, the sensitivities people
 * name, and the kinds that diets ask for (pork, gelatine, alcohol). data/vocabulary/ids.csv has them with their parents.
 */
export interface Substance {
  id: string;
  /** `allergen`, `group`, `sensitivity` or `kind`. */
  kind: string;
  english: string;
  parents: readonly string[];
  /** A food marked so may hold any child: "tree nut" on a label is no walnut for certain, nor is it none. */
  isOpen: boolean;
  /** Diets that it has no place in. */
  breaks: readonly string[];
}

const SUBSTANCES = once(
  () =>
    new Map(
      tableOf('ids').map((row): [string, Substance] => [
        row.id!,
        {
          id: row.id!,
          kind: row.class!,
          english: row.english!,
          parents: listed(row.parents, ' '),
          isOpen: row.open_parent === 'yes',
          breaks: listed(row.breaks, ' '),
        },
      ]),
    ),
);

export const substances = (): ReadonlyMap<string, Substance> => SUBSTANCES();

/** Throws for a word that is no id: tables that do not fit together are a fault of ours. */
export function substance(id: string): Substance {
  const found = SUBSTANCES().get(id);
  if (!found) throw new Error(`data/vocabulary knows no substance "${id}"`);
  return found;
}

const ANCESTORS = once(
  () => new Map([...SUBSTANCES().keys()].map((id): [string, ReadonlySet<string>] => [id, climb(id)])),
);

function climb(id: string): Set<string> {
  const all = new Set<string>();
  for (const parent of substance(id).parents) {
    all.add(parent);
    for (const one of climb(parent)) all.add(one);
  }
  return all;
}

export const isBelow = (id: string, ancestor: string): boolean => ANCESTORS().get(id)?.has(ancestor) ?? false;

/** Whether a food that holds the one is nothing for who avoids the other: the same, one of its kind, or a group it may stand for. */
export const clashes = (avoided: string, held: string): boolean =>
  avoided === held || isBelow(held, avoided) || (isBelow(avoided, held) && substance(held).isOpen);
