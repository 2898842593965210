import { dictionary } from '../../../../common/dictionary.js';
import { dataFile } from '../../../../platform/data-file.js';
import { Phrases } from '../../../../vocabulary/phrases.js';
import { listed, once, tableOf } from '../../../../vocabulary/tables.js';
import { unitNamed, type UnitKind } from '../../../../vocabulary/units.js';
import { wordsOf } from '../../../../vocabulary/words.js';
import { csvRows } from '../../../../common/csv.js';
import { tokensOf } from './tokens.js';

/** A word in the form that its singular and plural share; marks and numbers stay as they are. */
export function stemOf(key: string): string {
  return STEMS.get(key) ?? keep(key, wordsOf(UNEVEN[key] ?? key).join('_') || key);
}
const UNEVEN = dictionary<string>({
  leaves: 'leaf',
  loaves: 'loaf',
  halves: 'half',
  knives: 'knife',
  children: 'child',
  mice: 'mouse',
});
const STEMS = new Map<string, string>();
function keep(key: string, stem: string): string {
  if (STEMS.size > 20_000) STEMS.clear();
  STEMS.set(key, stem);
  return stem;
}

/** The stems of a phrase, one for each token. */
export const stemsOf = (phrase: string): string[] => tokensOf(phrase).map(({ key }) => stemOf(key));

const lines = (name: string): string[] =>
  dataFile('words', name)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

export interface Goods {
  name: string;
  /** Its words as they are compared, without marks and numbers. */
  words: readonly string[];
  /** Of its tokens, in order. */
  stems: readonly string[];
  language: 'en' | 'da';
  from: 'foods' | 'goods' | 'short';
}

/** Every name of something to buy: the foods of the vocabulary, the goods of data/words, the short words. */
export const goodsNamed = once((): Goods[] => {
  const found: Pick<Goods, 'name' | 'language' | 'from'>[] = [];
  for (const line of lines('goods.txt')) {
    const language = line.slice(0, 2) as Goods['language'];
    for (const name of listed(line.slice(3), ',')) found.push({ name, language, from: 'goods' });
  }
  for (const row of tableOf('implies')) {
    const language = row.language === 'da' || /[æøå]/.test(row.words!) ? 'da' : 'en';
    if (row.ids === 'none') continue;
    for (const name of listed(row.words))
      if (!/\b(nej|tom)\b/.test(name)) found.push({ name, language, from: 'foods' });
  }
  for (const row of tableOf('short_words'))
    if (row.kind === 'food' || row.kind === 'household' || row.kind === 'pet')
      for (const name of listed(row.words))
        if (!/[()"]/.test(name) && name.length > 1)
          found.push({ name, language: row.language === 'da' ? 'da' : 'en', from: 'short' });
  // "Til" is sesame to some, and a small word to more; "and" is duck to some.
  return found
    .filter(({ name }) => !FILLERS.has(name) && name !== 'and')
    .map((goods) => {
      const tokens = tokensOf(goods.name);
      const words = tokens.filter(({ kind }) => kind === 'word').map(({ key }) => key);
      return { ...goods, words, stems: tokens.map(({ key }) => stemOf(key)) };
    });
});

/** Names of goods by their stems, of both languages. */
export const GOODS = once(() => new Phrases(goodsNamed().flatMap(written)));

/** A name as its words, and as one word with hyphens. */
function written(goods: Goods): (readonly [readonly string[], Goods])[] {
  const { stems } = goods;
  return stems.length > 1 && stems.length < 4
    ? [
        [stems, goods],
        [[stems.join('_')], goods],
      ]
    : [[stems, goods]];
}
/** Those that English text may hold: of Danish names none that is short, for many are English words ("is", "and", "far"). */
const IN_ENGLISH = once(
  () =>
    new Phrases(
      goodsNamed()
        .filter(({ name, language }) => language === 'en' || name.length > 6 || /[æøå]/.test(name))
        .flatMap(written),
    ),
);
export const goodsIn = (isDanish: boolean): Phrases<Goods> => (isDanish ? GOODS() : IN_ENGLISH());

/** Last words of names: "soup" of "leek soup". A word that ends many names ends those that nobody listed, too. */
export const HEADS = once(() => {
  const counts = new Map<string, number>();
  for (const { stems } of goodsNamed()) {
    const last = stems.at(-1)!;
    counts.set(last, (counts.get(last) ?? 0) + 1);
  }
  return counts;
});

/** The stems of every word that some name of goods has. */
export const NAME_WORDS = once(
  () => new Set(goodsNamed().flatMap(({ stems }) => stems.flatMap((stem) => stem.split('_')))),
);

export interface Brand {
  name: string;
  /** What is meant where the brand stands alone; null when it never does. */
  alone: string | null;
}
export const brandsNamed = once((): Brand[] =>
  lines('brands.txt').map((line) => {
    const [name, alone] = line.split('|');
    return { name: name!, alone: alone || null };
  }),
);
export const BRANDS = once(() => new Phrases(brandsNamed().map((brand) => [stemsOf(brand.name), brand] as const)));

export interface SaidUnit {
  /** As it was said, in the singular: a carton stays a carton. */
  said: string;
  kind: UnitKind | 'other';
}

const UNITS = once(() => {
  const all = new Map<string, SaidUnit>();
  for (const row of csvRows(dataFile('words', 'said-units.csv')))
    for (const word of listed(row.words)) {
      const unit = unitNamed(row.said!) ?? unitNamed(word);
      const isPart = /^(leaf|wedge|log|batch|recipe|inch|cm|spear|strip|piece)$/.test(row.said!);
      all.set(word.replaceAll('.', ''), { said: row.said!, kind: isPart ? 'other' : (unit?.kind ?? 'pack') });
    }
  return all;
});

/** Every word that says a unit. */
export const unitWords = (): Iterable<string> => UNITS().keys();

/** The unit a word says, or null. Read by what stands around it: "can" is a verb too. */
export const saidUnit = (key: string): SaidUnit | null =>
  UNITS().get(key.includes('.') ? key.replaceAll('.', '') : key) ?? null;

const DEFINITE = once(
  () => new Map(csvRows(dataFile('words', 'definite.csv')).map((row) => [row.definite!, row.name!])),
);

/** "Kartoflerne" as "kartofler": a Danish name without its article. Others as they are. */
export function indefinite(word: string): string {
  const listedForm = DEFINITE().get(word);
  if (listedForm !== undefined) return listedForm;
  for (const [ending, instead] of ENDINGS) {
    if (!word.endsWith(ending) || word.length < ending.length + 3) continue;
    const stem = word.slice(0, -ending.length) + instead;
    if (GOODS().at([stemOf(stem)], 0)) return stem;
  }
  return word;
}
const ENDINGS: readonly (readonly [string, string])[] = [
  ['erne', 'er'],
  ['ene', 'e'],
  ['ene', ''],
  ['en', ''],
  ['en', 'e'],
  ['et', ''],
  ['et', 'e'],
  ['ret', ''],
  ['ten', 't'],
  ['n', ''],
];

/** Words of everyday speech. */
export const commonWords = once((): string[] => lines('common.txt').flatMap((line) => line.split(' ')));

/** Every word that the sentences of data/words speak with, beside names of goods. */
export const frameWords = once(
  () =>
    new Set(
      [...lines('frames.txt').map((line) => line.split(' ').slice(2).join(' ')), ...lines('slots.txt')].flatMap(
        (line) =>
          tokensOf(line)
            .filter(({ kind }) => kind === 'word')
            .map(({ key }) => key),
      ),
    ),
);

const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Sizes of goods, which count nothing: "3 medium onions". */
export const SIZE_WORDS = setOf(
  `large lg lrg big small sm sml little wee medium med md jumbo family mega xl xxl mini tiny huge giant regular medium-size medium-sized large-size big-size good-size good-sized
  heaping heaped rounded scant level generous thick thin fat stor store lille små mellemstor mellemstore kæmpe`,
);
/** What is done to goods; a note before a name in recipes, part of the name in shops. */
export const CUT_WORDS = setOf(
  `sliced shredded grated ground crushed diced chopped minced mashed cubed julienned crumbled peeled pitted seeded deseeded halved quartered trimmed
  cut torn toasted melted softened sifted beaten drained rinsed cooked roasted cored stemmed packed divided strained squeezed zested snipped flaked slivered
  blanched crosswise lengthwise finely coarsely roughly thinly thickly freshly lightly firmly loosely well cracked smashed bruised shelled deveined cleaned washed thawed
  defrosted chilled cooled warmed bashed scrubbed shaved hulled husked removed separated reserved plus extra optional
  hakket hakkede revet revne skåret snittet skrællet kogt stegt ristet pillet smeltet`,
);
/** Words between things that are bought. */
export const JOINERS = setOf(`, ; & + and og plus \n / n also then og så samt`);
/** Words that are there for the sake of speaking. */
export const FILLERS = setOf(
  `qty um uh umm er erm eh hmm hm like well so okay ok oh hey hi hello hej please pls plz ta thanks thank you cheers tak just really actually yeah yes maybe
  some the a an of for to my our us me i we it that this those these them em there here in on at with is are was be can could would will do does did need want get
  got have has had new list cart basket trolley order shopping stuff more any bit lot lovely dear love darling mate also too still again now today tomorrow tonight later
  altså ligesom jo nok vist bare øh nå
  noget nogle lidt den det de min mit mine vores til på i af for jeg vi du kan vil skal gerne lige også så og er har med en et`,
);
export const isFiller = (key: string): boolean => FILLERS.has(key);
