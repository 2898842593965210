import { Phrases } from './phrases.js';
import { listed, once, tableOf } from './tables.js';

/** Amounts in one base per dimension: grams, millilitres, pieces. */
export type Dimension = 'mass' | 'volume' | 'count';

/**
 * How a unit counts. `measure`: mass, volume, or plain pieces ("each", "dozen"). `piece`: one such is one of what is sold (a head of
 * garlic, an ear of corn). `pack`: a container as it is sold. `part`: some of one (a clove, a pinch): it buys one.
 */
export type UnitKind = 'measure' | 'piece' | 'pack' | 'part';

export interface Unit {
  name: string;
  kind: UnitKind;
  dimension: Dimension;
  factor: number;
}

const MEASURED_COUNTS = new Set('each count dozen half_dozen pair gross snes'.split(' '));
const PIECES = new Set('head ear fillet'.split(' '));

function kindOf(name: string, dimension: string, isContainer: boolean): UnitKind {
  if (isContainer) return 'pack';
  if (dimension !== 'count') return 'measure';
  return MEASURED_COUNTS.has(name) ? 'measure' : PIECES.has(name) ? 'piece' : 'part';
}

/** Volumes too small to buy by. */
const TINY = new Set(['pinch', 'dash', 'handful', 'knob']);

const UNITS = once(() => {
  const all = new Map<string, Unit>();
  for (const row of tableOf('units')) {
    const { unit: name, dimension, factor } = row;
    const isTiny = TINY.has(name!);
    if (!isTiny && !['mass', 'volume', 'count'].includes(dimension!)) continue;
    const unit: Unit = {
      name: name!,
      kind: isTiny ? 'part' : kindOf(name!, dimension!, row.container === 'yes'),
      dimension: isTiny ? 'count' : (dimension as Dimension),
      factor: isTiny ? 1 : Number(factor),
    };
    const isDanish = row.locale === 'da';
    for (const spelling of listed(row.spellings)) {
      const key = unitKey(spelling);
      if (key !== '' && (!all.has(key) || !isDanish)) if (!all.has(key)) all.set(key, unit);
    }
  }
  return all;
});

/** A unit as its spellings share it: "Fl. Oz." is "fl oz". */
const unitKey = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('.', '')
    .replace(/[-\s]+/g, ' ')
    .trim();

/** The unit of a text that is nothing else, or null. */
export function unitNamed(text: string): Unit | null {
  const key = unitKey(text);
  return UNITS().get(key) ?? null;
}

/** Words that are units in a unit's own field, and mostly something else in the name of a thing. */
const NOT_IN_NAMES = new Set(
  'c t m in st cc x to ark fed blad blade glas gl kt pot pots net single whole par pr rib ribs stick sticks heart hearts crown crowns stem stems rack case wash pers portion portions serving servings drop drops item items unit units single plate cube cubes wedge wedges sheet sheets filet tab tabs pod pods capsule capsules'.split(
    ' ',
  ),
);

const IN_NAMES = once(
  () =>
    new Phrases(
      [...UNITS()]
        .filter(([key]) => !NOT_IN_NAMES.has(key) && !key.includes(' of ') && !key.endsWith(' butter'))
        .map(([key, unit]) => [key.split(' '), unit] as const),
    ),
);

/** The unit that begins at a word of a name. */
export function unitAt(words: readonly string[], at: number): { unit: Unit; length: number } | null {
  const found = IN_NAMES().at(words, at);
  return found ? { unit: found.value, length: found.words.length } : null;
}

export interface Amount {
  dimension: Dimension;
  amount: number;
}

/** A quantity of a unit in its base, or null for units that are no measure ("bunch", "pack", none). */
export function toBase(quantity: number, unit: string | null): Amount | null {
  const found = unit === null ? null : unitNamed(unit);
  if (found?.kind !== 'measure') return null;
  return { dimension: found.dimension, amount: quantity * found.factor };
}
