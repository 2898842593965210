import { isStart, partOf, type Label } from './learned/labels.js';
import { CUT_WORDS, HEADS, saidUnit, SIZE_WORDS, stemOf } from './lexis/lexicon.js';
import { amountOf, wordValue } from './lexis/number-words.js';
import { keyOfToken, type Token } from './lexis/tokens.js';

export type Part = 'q' | 'u' | 's' | 'b' | 'n' | 'p';

/** The tokens of one thing, by what they are to it. */
export interface Group {
  at: Record<Part, number[]>;
  first: number;
  last: number;
}

/** What was read of one thing that is bought. */
export interface ReadItem {
  name: string;
  quantity: number | null;
  quantityMax: number | null;
  /** As said, in the singular: "carton", "pound". */
  unit: string | null;
  /** Of one pack: "15 oz". */
  size: string | null;
  brand: string | null;
  notes: string | null;
  group: Group;
}

/** The things that labels tell of. One without a name goes to its neighbour that lacks an amount, or stays without. */
export function groupsOf(tokens: readonly Token[], labels: readonly Label[]): Group[] {
  const groups: Group[] = [];
  const joined = new Set<number>();
  let open: Group | null = null;
  for (const [at, label] of labels.entries()) {
    const part = partOf(label);
    if (part === 'O') continue;
    if (part === 'J') {
      joined.add(groups.length);
      continue;
    }
    if (open === null || (isStart(label) && !isStillOpen(open, part, joined.has(groups.length)))) {
      open = { at: { q: [], u: [], s: [], b: [], n: [], p: [] }, first: at, last: at };
      groups.push(open);
    }
    open.at[part].push(at);
    open.last = at;
  }
  return groups.map((group) => withoutEnds(tokens, group));
}

/** An amount waits for its name: a name that follows it with nothing between belongs to it, whatever its label says. */
const isStillOpen = (open: Group, part: Part, isJoined: boolean): boolean =>
  !isJoined && open.at.n.length === 0 && open.at.b.length === 0 && (part === 'n' || part === 'b' || part === 'u');

/** Words that never begin or end a name. */
const NO_EDGE =
  /^(of|the|af|instead|away|please|also|off|out|again|now|or|eller|and|og|with|for|som|tak|but|so|because|if|then|too|that|which|men|fordi|hvis)$/;

/** Marks at the ends of a name are no words of it. */
function withoutEnds(tokens: readonly Token[], group: Group): Group {
  const isWord = (at: number) =>
    (tokens[at]!.kind === 'word' && !NO_EDGE.test(tokens[at]!.key)) || tokens[at]!.kind === 'number';
  const name = group.at.n;
  const [from, to] = [name.findIndex(isWord), name.findLastIndex(isWord)];
  const kept = from < 0 ? [] : firstStretch(tokens, name.slice(from, to + 1));
  const end = kept.at(-1)!;
  const hasUnit = group.at.u.some((at) => at < (kept[0] ?? -1) && tokens[at]!.key !== 'of');
  if (hasUnit && group.at.u.includes(end + 1) && tokens[end + 1]?.kind === 'word') {
    kept.push(end + 1);
    group.at.u = group.at.u.filter((at) => at !== end + 1);
  }
  return {
    ...group,
    at: { ...group.at, n: kept, p: [...group.at.p, ...name.filter((at) => !kept.includes(at))].sort((a, b) => a - b) },
  };
}

/** A name goes on over a cut word; a comma or a bracket ends it once it has a word that can stand alone. */
function firstStretch(tokens: readonly Token[], name: readonly number[]): number[] {
  const end = name.findIndex((at, index) => {
    const before = name[index - 1];
    if (before === undefined || at === before + 1) return false;
    return tokens
      .slice(before + 1, at)
      .some(({ kind, key }) => kind === 'mark' || kind === 'break' || key === 'with' || key === 'into');
  });
  if (end < 0) return [...name];
  const isWhole = name.slice(0, end).some((at) => (HEADS().get(stemOf(tokens[at]!.key)) ?? 0) > 0);
  return isWhole ? name.slice(0, end) : [...name];
}

export function itemOf(text: string, tokens: readonly Token[], group: Group, isDanish: boolean): ReadItem {
  const of = (part: Part) => firstRun(group, part).map((at) => tokens[at]!);
  const dozen = of('q').some(({ key }) => /^(dozens?|dusin|doz)$/.test(key));
  const amount = amountOf(of('q'), isDanish) ?? (dozen ? { value: 1, most: null } : null);
  const noted = notesOf(text, tokens, group);
  const held = of('u').length === 0 ? noted.map((note) => IN_PACK.exec(note)?.[1]).find((word) => word) : undefined;
  const unit = unitOf(of('u')) ?? (dozen ? 'dozen' : held === undefined ? null : saidUnit(held)!.said);
  const { size, words } = sizeOf([...of('s'), ...(unit === null ? behind(tokens, group) : [])], isDanish, unit);
  const notes = [...words, ...noted];
  const isBare = amount === null && unit !== null && held === undefined && !/^(pinch|handful|dash|splash)$/.test(unit);
  const isPackOf =
    unit === null &&
    size !== null &&
    of('s').some(({ key }) => /^(packs?|pk|pakker?)$/.test(key) || key.endsWith('-pack'));
  const isBag = BAGS.test(nameOf(text, tokens, group, unit));
  // "Trash bags 13 gal": what a bag holds.
  if (HOLDS.test(unit ?? '') && amount !== null && isBag)
    return {
      ...EMPTY,
      name: nameOf(text, tokens, group, unit),
      size: `${amount.value} ${unit}`,
      brand: joinedText(text, tokens, group.at.b) || null,
      notes: notes.join(', ') || null,
      group,
    };
  const packed =
    isPackOf && (amount === null || amount.most === null)
      ? { quantity: amount?.value ?? 1, unit: 'pack', size: size!.replace(/^(\d+)$/, '$1 count') }
      : packOf(of('q'), of('u'), amount, unit, size);
  const measured = amount === null && unit === null && size !== null && !isBag ? measuredAs(size) : null;
  if (packed || measured)
    return {
      ...EMPTY,
      ...(packed ?? measured),
      name: nameOf(text, tokens, group, packed?.unit ?? null),
      brand: joinedText(text, tokens, group.at.b) || null,
      notes: notes.join(', ') || null,
      group,
    };
  return {
    name: nameOf(text, tokens, group, unit),
    quantity: amount?.value ?? (isBare && isSingular(of('u')) ? 1 : null),
    quantityMax: amount?.most ?? null,
    unit,
    size,
    brand: joinedText(text, tokens, group.at.b) || null,
    notes: notes.join(', ') || null,
    group,
  };
}

/** "Green beans in the can". */
const IN_PACK = /^in (?:the |a )?(cans?|tins?|jars?|bottles?|cartons?|tubs?)$/i;

/** The amount that was said first: one before the name, and what follows right behind it; "chicken, cut into 8 pieces" names no amount. */
function firstRun(group: Group, part: Part): readonly number[] {
  const places = group.at[part];
  const name = group.at.n[0];
  const end = group.at.n.at(-1);
  if ((part !== 'q' && part !== 'u') || name === undefined) return places;
  const isAhead = group.at.q.some((at) => at < name);
  return isAhead
    ? places.filter((at) => at < name || (part === 'u' && at === end! + 1))
    : places.filter(
        (at) =>
          part === 'q' || at < name || group.at.q.some((q) => q < at) || group.at.s.includes(at - 1) || at === end! + 1,
      );
}

/** "A leg of lamb about two kilos": of what is counted ahead of its name, what is measured behind it is how big each is. */
function behind(tokens: readonly Token[], { at }: Group): Token[] {
  const end = at.n.at(-1);
  const measure = at.u.filter((place) => end !== undefined && place > end);
  if (at.s.length > 0 || end === undefined || !at.q.some((place) => place < at.n[0]!) || measure.length === 0)
    return [];
  if (!MEASURED.has(unitOf(measure.map((place) => tokens[place]!)) ?? '')) return [];
  return [...at.q.filter((place) => place > end), ...measure].map((place) => tokens[place]!);
}

/** "500g summer fruits": a size of no pack is how much is wanted. */
function measuredAs(size: string): { quantity: number; unit: string } | null {
  const [, value, unit] = /^(\d+(?:\.\d+)?) (.+)$/.exec(size) ?? [];
  return unit !== undefined && MEASURED.has(unit) ? { quantity: Number(value), unit } : null;
}

const HOLDS = /^(gallon|liter|quart)$/;
const BAGS = /(bags?|liners?|sække|poser)$/i;
const EMPTY = { quantity: null, quantityMax: null, unit: null, size: null } as const;
const MEASURED = new Set([
  'gram',
  'kilogram',
  'ounce',
  'pound',
  'milliliter',
  'centiliter',
  'deciliter',
  'liter',
  'pint',
  'quart',
  'gallon',
  'fluid ounce',
]);

/** Amounts that are a size: "beer 12pk" is one pack of twelve, "string cheese 60ct" holds sixty, "a 14 lb turkey" is one of 14 pounds. */
function packOf(
  numbers: readonly Token[],
  units: readonly Token[],
  amount: { value: number; most: number | null } | null,
  unit: string | null,
  size: string | null,
): { quantity: number | null; unit: string | null; size: string } | null {
  if (amount === null || amount.most !== null) return null;
  const isOne = /^(a|an|en|et)$/.test(numbers[0]?.key ?? '') && numbers.length === 1;
  if (size === null && /^(a|an|en|et)$/.test(numbers[0]?.key ?? '') && numbers[1]?.kind === 'number')
    return unit === null || numbers.length > 2
      ? null
      : MEASURED.has(unit)
        ? { quantity: 1, unit: null, size: `${amount.value} ${unit}` }
        : unit === 'pack'
          ? { quantity: 1, unit, size: `${amount.value} count` }
          : null;
  if (size !== null) {
    const number = /^(\d+(?:\.\d+)?)( count)?$/.exec(size)?.[1];
    return isOne && number !== undefined && unit !== null && MEASURED.has(unit)
      ? { quantity: 1, unit: null, size: `${number} ${unit}` }
      : null;
  }
  if (unit === 'count') return { quantity: null, unit: null, size: `${amount.value} count` };
  const isSingularPack = unit === 'pack' && units.some(({ key }) => /^(pk|pack|pk\.)$/.test(key));
  return isSingularPack && amount.value >= 4 ? { quantity: 1, unit: 'pack', size: `${amount.value} count` } : null;
}

/** A bare container stands for one of it; "cans" and "leaves" do not tell how many. */
const isSingular = (units: readonly Token[]): boolean =>
  units.some(({ key }) => saidUnit(key) !== null && !/(s|er)$/.test(key));

function unitOf(units: readonly Token[]): string | null {
  for (let at = 0; at < units.length; at++) {
    const pair = units[at + 1] ? saidUnit(`${units[at]!.key} ${units[at + 1]!.key}`) : null;
    const said = pair ?? saidUnit(units[at]!.key);
    if (said) return said.said;
    const last = units[at]!.key.split('-').at(-1)!;
    if (saidUnit(last)) return saidUnit(last)!.said;
  }
  return null;
}

/** "15-ounce" as "15 oz" would be said: its number and unit; words of size ("large") are notes. */
function sizeOf(
  sizes: readonly Token[],
  isDanish: boolean,
  container: string | null,
): { size: string | null; words: string[] } {
  const number = sizes.findIndex((token) => token.value !== null || (wordValue(token.key, isDanish) ?? 0) > 1);
  const words = sizes.filter(({ key }) => SIZE_WORDS.has(key) && key !== 'size').map(({ text }) => text);
  if (number < 0) return { size: null, words };
  const value = sizes[number]!.value ?? wordValue(sizes[number]!.key, isDanish)!;
  const unit = unitOf(sizes.slice(number + 1));
  const kind = sizes.slice(0, number).find(({ key }) => /^(size|str|størrelse|#)$/.test(key));
  if (kind && unit === null) return { size: kind.key === '#' ? `#${value}` : `${kind.key} ${value}`, words };
  // "A 12 pack": a container of so many.
  const counted = container === null ? String(value) : `${value} count`;
  return { size: unit === null ? counted : `${value} ${unit === 'pack' ? 'count' : unit}`, words };
}

/** Measures of the kitchen: what is measured so is cut there, and a cut before the name is a note. In a shop it is what is sold. */
const KITCHEN = new Set([
  'cup',
  'tablespoon',
  'teaspoon',
  'dessertspoon',
  'pinch',
  'dash',
  'clove',
  'sprig',
  'stalk',
  'handful',
]);

function isSoldCut(tokens: readonly Token[], group: Group, at: number, unit: string | null): boolean {
  return !(unit !== null && KITCHEN.has(unit)) && CUT_WORDS.has(tokens[at]!.key) && at < (group.at.n[0] ?? -1);
}

function nameOf(text: string, tokens: readonly Token[], group: Group, unit: string | null): string {
  const cuts = group.at.p.filter((at) => isSoldCut(tokens, group, at, unit));
  return joinedText(
    text,
    tokens,
    [...cuts, ...group.at.n].sort((a, b) => a - b),
    true,
  );
}

function notesOf(text: string, tokens: readonly Token[], group: Group): string[] {
  const runs: number[][] = [];
  for (const at of group.at.p) {
    if (runs.at(-1)?.at(-1) === at - 1) runs.at(-1)!.push(at);
    else runs.push([at]);
  }
  return runs
    .map((run) => joinedText(text, tokens, run).replace(/^[\s,(–-]+|[\s,)]+$/g, ''))
    .filter((note) => note !== '');
}

/** The words at places, with blanks between those that do not touch. */
function joinedText(text: string, tokens: readonly Token[], places: readonly number[], isSpelled = false): string {
  let joined = '';
  for (const [index, at] of places.entries()) {
    const before = index > 0 ? tokens[places[index - 1]!]! : null;
    const token = tokens[at]!;
    if (before) joined += before.end === token.start && places[index - 1] === at - 1 ? '' : ' ';
    joined += token.kind === 'break' ? '' : isSpelled ? spelled(token) : text.slice(token.start, token.end);
  }
  return joined
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A word as it should have been written; one that is known stays as it is. */
const spelled = ({ text, key, kind }: Token): string => (kind === 'word' && key !== keyOfToken(text) ? key : text);
