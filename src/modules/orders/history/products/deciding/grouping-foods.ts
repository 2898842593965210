import { thingOf } from '../../../../providers/matching/likeness.js';

/** Which group of foods a product is of, by what it is called. Pure. */
export const FOOD_GROUPS = [
  'produce',
  'meat_seafood',
  'dairy_eggs',
  'bakery',
  'deli',
  'frozen',
  'pantry',
  'snacks',
  'beverages',
  'health',
  'baby',
  'pets',
  'household',
] as const;
export type FoodGroup = (typeof FOOD_GROUPS)[number];

const isGroup = (text: string): text is FoodGroup => (FOOD_GROUPS as readonly string[]).includes(text);
const groupNamed = (department: string): string => department.toLowerCase().replaceAll(/[^a-z]+/g, '_');

interface Known {
  terms: ReadonlySet<string>;
  group: FoodGroup;
}

/** What is sold where, by the word that names it: a product is of the group that all the nearest things of its name are of. */
export class FoodGroups {
  private readonly byHead = new Map<string, Known[]>();

  constructor(sold: readonly { type: string; department: string }[]) {
    const types = new Map(sold.map(({ type, department }) => [type, groupNamed(department)]));
    for (const [type, group] of types) {
      const { head, terms } = thingOf(type);
      if (isGroup(group)) this.byHead.set(head, [...(this.byHead.get(head) ?? []), { terms: new Set(terms), group }]);
    }
  }

  /** Null where nobody could say: nothing is known by that name, or the nearest lie in several places. */
  of(name: string): FoodGroup | null {
    const { head, terms } = thingOf(name);
    const own = new Set(terms);
    const known = (this.byHead.get(head) ?? []).map(({ terms: theirs, group }) => ({
      group,
      common: [...theirs].filter((term) => own.has(term)).length,
      more: [...theirs].filter((term) => !own.has(term)).length,
    }));
    const most = Math.max(...known.map(({ common }) => common));
    const near = known.filter(({ common }) => common === most);
    const least = Math.min(...near.map(({ more }) => more));
    const whole = near.filter(({ more }) => more === 0);
    const groups = new Set(
      (whole.length > 0 ? whole : near.filter(({ more }) => more === least)).map(({ group }) => group),
    );
    if (own.has('frozen') && known.length > 0 && ![...groups].some((group) => NEVER_FROZEN.has(group))) return 'frozen';
    return groups.size === 1 ? [...groups][0]! : null;
  }
}

const NEVER_FROZEN: ReadonlySet<string> = new Set<FoodGroup>(['household', 'pets', 'health', 'baby']);
