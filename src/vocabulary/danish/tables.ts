import { csvRows } from '../../common/csv.js';
import { dataFile } from '../../platform/data-file.js';
import { listed, once } from '../tables.js';

/** The Danish tables of data/danish, compiled on first use. */
export interface DanishName {
  tokens: readonly string[];
  kind: 'exact' | 'stand_in';
}

export interface DanishFood {
  /** As the library names it. */
  food: string;
  names: readonly DanishName[];
  excluded: readonly string[];
  heads: readonly string[];
  category: string;
  allergenNote: string;
}

const KINDS = [
  'organic',
  'state',
  'processing',
  'cut',
  'negation',
  'diet',
  'with',
  'ready_meal',
  'spread',
  'sweet',
  'animal',
  'not_food',
  'baby',
  'marketing',
  'origin',
  'welfare',
  'abbreviation',
  'brand',
  'spelling',
] as const;
export type WordKind = (typeof KINDS)[number];

const rowsOf = (name: string) => csvRows(dataFile('danish', `${name}.csv`));
const lower = (text: string): string => text.normalize('NFC').toLowerCase();

/** Words of a name as the reader sees those of a text: without amounts, dots and signs. */
export const tokensOf = (name: string): string[] =>
  lower(name)
    .replace(/\bm\/\s*/g, ' med ')
    .replace(/\bu\/\s*/g, ' uden ')
    .replace(/\d+(?:[.,]\d+)?(?:-\d+)?\s*(?:%|kg\b|g\b|stk\b|cl\b|ml\b|l\b)/g, ' ')
    .split(/[^a-zæøåäöéü0-9]+/)
    .filter((token) => token !== '')
    .map(asOne);

/** Pig has two words that mean the same in every compound, and what is minced is cut short. */
const asOne = (word: string): string => (word === 'hk' ? 'hakket' : word.replace(/^svin(?=e|$)/, 'gris'));

export const foods = once((): readonly DanishFood[] =>
  rowsOf('foods_da').map((row) => {
    const exact = ['names_singular', 'names_plural', 'names_definite', 'shop_names'].flatMap((column) =>
      listed(row[column], ';'),
    );
    return {
      food: row.food!,
      names: [
        ...exact.map((name) => ({ tokens: tokensOf(name), kind: 'exact' as const })),
        ...listed(row.stand_in_names, ';').map((name) => ({ tokens: tokensOf(name), kind: 'stand_in' as const })),
      ].filter(({ tokens }) => tokens.length > 0),
      excluded: listed(row.exclude_words, ';').map((word) => asOne(lower(word))),
      heads: listed(row.compound_heads, ';').map((word) => asOne(lower(word))),
      category: row.category_da!,
      allergenNote: row.allergen_note ?? '',
    };
  }),
);

export const englishNames = once((): readonly { name: string; english: string }[] =>
  rowsOf('english_names').map(({ name, english }) => ({ name: name!, english: english! })),
);

/** Words of each kind, with what they say. */
export const words = once((): ReadonlyMap<WordKind, ReadonlyMap<string, string>> => {
  const byKind = new Map<WordKind, Map<string, string>>(KINDS.map((kind) => [kind, new Map()]));
  for (const { word, kind, value } of rowsOf('shop_words_da'))
    byKind.get(kind as WordKind)?.set(lower(word!), value ?? '');
  return byKind;
});

/** Every single word that some table knows, by which a cut one is made whole. */
export const knownWords = once((): ReadonlySet<string> => {
  const all = new Set<string>();
  for (const { names, excluded } of foods()) {
    for (const token of names.flatMap(({ tokens }) => tokens)) all.add(token);
    for (const token of excluded.flatMap(tokensOf)) all.add(token);
  }
  for (const [kind, of] of words()) {
    if (kind === 'abbreviation' || kind === 'spelling') continue;
    for (const word of of.keys()) for (const token of tokensOf(word)) all.add(token);
  }
  return all;
});
