import { words } from './tables.js';

export type FoodState = 'fresh' | 'frozen' | 'dry' | 'canned' | 'ambient' | 'none';

/** How a product keeps, by what its text says, and else by where such things are filed. Pure. */
export function stateOf(all: readonly string[], category: string, kept: string): FoodState {
  if (category === 'Hus og hygiejne') return 'none';
  const text = ` ${all.join(' ')} `;
  const said = [...words().get('state')!]
    .filter(([word]) => text.includes(` ${word} `))
    .map(([, state]) => state as FoodState);
  if (said.includes('frozen') || category.startsWith('Frost')) return 'frozen';
  for (const state of ['canned', 'dry', 'ambient', 'fresh'] as const) if (said.includes(state)) return state;
  if (/ køl | kølet /.test(text)) return 'fresh';
  const spoken = BY_WORD.find(([pattern]) => pattern.test(text))?.[1];
  const where = category || kept;
  if (spoken && !/^(Køl>F|Pålæg|Frugt|Kød)/.test(where)) return spoken;
  return (
    BY_CATEGORY.find(([start, pattern]) => where.startsWith(start) && (!pattern || pattern.test(text)))?.[2] ?? 'fresh'
  );
}

/** Whatever it is filed under, where that is not the cold counter. */
const BY_WORD: readonly (readonly [RegExp, FoodState])[] = [
  [/kondenser/, 'canned'],
  [/tortelloni|tortellini|ravioli|gnocchi(?!tti)/, 'fresh'],
  [/popcorn|chips|kiks |kiks$|knækbrød|zwieback|tvebak|(?:kolonial|pulver)suppe|misosuppe/, 'dry'],
  [/mayo|ketchup|sennep|sirup|(?:havre|soja|kokos|ris)fløde|eddike |saft |(?<!tomat)juice /, 'ambient'],
];

const BY_CATEGORY: readonly (readonly [string, RegExp | null, FoodState])[] = [
  ['Kolonial>Konserves', /bouillon|fond(?:er)?\b/, 'dry'],
  ['Kolonial>Konserves', /sauce|sovs/, 'ambient'],
  ['Kolonial>Konserves', null, 'canned'],
  ['Kolonial>Krydderier', null, 'dry'],
  ['Kolonial>Morgenmad', /honning|sirup|marmelade|syltetøj|peanutbutter|tahin|smør|olie|nutella/, 'ambient'],
  ['Kolonial>Morgenmad', /\bgær|dej\b/, 'fresh'],
  ['Kolonial>Morgenmad', null, 'dry'],
  ['Kolonial>Nødder', null, 'dry'],
  ['Kolonial>Pasta', null, 'dry'],
  ['Kolonial', null, 'ambient'],
  ['Drikkevarer', /kaffe|\bte\b|kakao/, 'dry'],
  ['Drikkevarer', null, 'ambient'],
  ['Slik', null, 'dry'],
  ['Køl>Plantebaseret', /drik\b|mælk/, 'ambient'],
];
