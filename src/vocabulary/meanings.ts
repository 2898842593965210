import { namedBy } from './allergens.js';
import { substance } from './substances.js';
import { listed, once, tableOf } from './tables.js';
import { keyOf } from './words.js';

/**
 * All that a word may mean to somebody who does not like it. Not what an allergy leaves out beside: who dislikes almonds may like
 * walnuts, and garlic is no onion.
 */
export interface Meaning {
  /** Substances of that very name, with all below them: "fish" is salmon and tuna, "soy" tofu. No sensitivities: baking powder holds corn. */
  named: readonly string[];
  /** Substances that an allergy to the word leaves out: of "dairy" milk, of "meat" all its kinds, but of "salmon" every fish. */
  kin: readonly string[];
  /** Foods that people name together ("greens", "noodles"; data/vocabulary/groups.csv), as `keyOf` writes them. */
  members: ReadonlySet<string>;
}

const GROUPS = once(() => {
  const all = new Map<string, Set<string>>();
  for (const { group, members } of tableOf('groups'))
    for (const word of listed(group)) {
      const known = all.get(keyOf(word)) ?? new Set();
      for (const member of listed(members)) known.add(keyOf(member));
      all.set(keyOf(word), known);
    }
  return all;
});

export function meaningOf(word: string): Meaning {
  const ids = namedBy(word);
  const isSensitivity = (id: string) => substance(id).kind === 'sensitivity';
  return {
    named: ids.filter((id) => isNamed(id, word) && !isSensitivity(id)),
    // Sensitivities gather foods that only the body takes for one: "tomato" reads as nightshade, which is potato too.
    kin: ids.filter((id) => isNamed(id, word) || (!isSensitivity(id) && id !== 'legume')),
    members: GROUPS().get(keyOf(word)) ?? new Set(),
  };
}

function isNamed(id: string, word: string): boolean {
  const said = keyOf(word);
  return said === keyOf(substance(id).english.replace(/ \(.*$/, '')) || said === keyOf(id.replaceAll('_', ' '));
}
