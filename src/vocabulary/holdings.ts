import { Phrases } from './phrases.js';
import { substance } from './substances.js';
import { listed, once, tableOf } from './tables.js';
import { wordsOf } from './words.js';

/** How surely a name tells of it. `may`: some packs of this name hold it, or the label says it may. */
export type Certainty = 'always' | 'usually' | 'may';
const RANK: Readonly<Record<Certainty, number>> = { always: 3, usually: 2, may: 1 };

export interface Held {
  certainty: Certainty;
  /** The word of the name that tells so. */
  word: string;
  /** Diets broken by it. */
  breaks: readonly string[];
  /** The label itself warns of it: "may contain". */
  isWarned?: true;
}

/** What the name of a food tells of what is in it, by substance. A name can tell that something is in a food, never that it is not. */
export type Holdings = ReadonlyMap<string, Held>;

interface Implication {
  word: string;
  certainty: Certainty;
  held: readonly { id: string; breaks: readonly string[] }[];
  /** What other words of the name cancel, by phrase: the whole of it (null), or some substances. */
  unless: ReadonlyMap<string, readonly string[] | null>;
}

interface Implied {
  phrases: Phrases<Implication[]>;
  /** Every phrase that cancels something. */
  exceptions: Phrases<string>;
}

/** Danish words that are English ones too ("and" is a duck) count in Danish text only. */
export type Language = 'en' | 'da';
const IMPLIED = { en: once(() => impliedIn('en')), da: once(() => impliedIn('da')) };

function impliedIn(language: Language): Implied {
  const byKey = new Map<string, { words: readonly string[]; rows: Implication[] }>();
  const exceptions = new Map<string, readonly string[]>();
  for (const row of tableOf('implies')) {
    if (row.language === 'da' && language !== 'da') continue;
    const certainty = row.certainty as Certainty;
    const unless = new Map<string, readonly string[] | null>();
    for (const text of listed(row.except_when, ';')) {
      const [phrase = '', ids] = text.split('>');
      if (!exceptions.has(phrase)) exceptions.set(phrase, wordsOf(phrase));
      unless.set(phrase, ids === undefined ? null : listed(ids, '+'));
    }
    const held = heldIn(listed(row.ids, ' '), listed(row.breaks, ' '));
    for (const word of listed(row.words)) {
      const words = wordsOf(word);
      const entry = byKey.get(words.join(' ')) ?? { words, rows: [] };
      entry.rows.push({ word, certainty, held, unless });
      byKey.set(words.join(' '), entry);
    }
  }
  return {
    phrases: new Phrases([...byKey.values()].map(({ words, rows }) => [words, rows] as const)),
    exceptions: new Phrases([...exceptions].map(([phrase, words]) => [words, phrase] as const)),
  };
}

/** A word that implies nothing hides the words within it: coconut milk is no milk. */
function heldIn(ids: readonly string[], breaks: readonly string[]): Implication['held'] {
  const known = ids.filter((id) => id !== 'none').map(substance);
  const beyond = breaks.filter((diet) => !known.some((one) => one.breaks.includes(diet)));
  return known.map(({ id, breaks: own }) => ({
    id,
    breaks: [...breaks.filter((diet) => own.includes(diet)), ...beyond],
  }));
}

/** Claims on packs by their words: what each rules out, which may be nothing ("non-dairy" creamer holds caseinate). */
const CLAIMS = once(
  () =>
    new Phrases(
      tableOf('claims').flatMap((row) =>
        listed(row.claims).map((claim) => [wordsOf(claim), new Set(listed(row.cancels, ' '))] as const),
      ),
    ),
);

const WARNING = /\b(?:may contain|traces of|kan indeholde|spor af)\b/i;
const DENYING = new Set(['not', 'non', 'isnt', 'ikke']);

/** Total: any text has holdings, though they may be none. */
export function holdingsOf(text: string, language: Language = 'en'): Holdings {
  const [name = '', ...warned] = text.split(WARNING);
  const all = new Map<string, Held>();
  collect(wordsOf(name), language, all);
  if (warned.length > 0) {
    const traces = new Map<string, Held>();
    collect(wordsOf(warned.join(' ')), language, traces);
    for (const [id, held] of traces) {
      const own = all.get(id) ?? { ...held, certainty: 'may' as const };
      all.set(id, { ...own, isWarned: true });
    }
  }
  return all;
}

function collect(words: readonly string[], language: Language, all: Map<string, Held>): void {
  const ruledOut = ruledOutBy(words);
  const { phrases, exceptions } = IMPLIED[language]();
  const excepted = exceptions.all(words);
  for (const { value } of phrases.in(words))
    for (const row of value ?? []) {
      if (excepted.some((phrase) => row.unless.get(phrase) === null)) continue;
      const gone = excepted.flatMap((phrase) => row.unless.get(phrase) ?? []);
      for (const { id, breaks } of row.held) {
        const before = all.get(id);
        if (ruledOut.has(id) || gone.includes(id)) continue;
        if (before && RANK[before.certainty] >= RANK[row.certainty]) continue;
        all.set(id, { certainty: row.certainty, word: row.word, breaks });
      }
    }
}

function ruledOutBy(words: readonly string[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { at, value } of CLAIMS().in(words))
    if (value && !DENYING.has(words[at - 1] ?? '')) for (const id of value) ids.add(id);
  return ids;
}

/** The surer of two. */
export const surer = (one: Held | null, other: Held): Held =>
  one && RANK[one.certainty] >= RANK[other.certainty] ? one : other;
