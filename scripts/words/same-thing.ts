import { inCart } from '../../src/modules/words/reading/doubts.js';
import { saidUnit, stemsOf } from '../../src/modules/words/reading/lexis/lexicon.js';
import type { Context, Line } from '../../src/modules/words/reading/reading.js';

export interface GoldItem {
  name: string;
  name_written?: string;
  quantity: number | null;
  unit: string | null;
  size: string | null;
  brand: string | null;
  notes: string | null;
  diet: string | null;
  span: [number, number];
  name_span: [number, number];
  role?: string;
  open?: string[];
}

/** What was said, and what is known beside it. */
export interface Said {
  text: string;
  intent: string;
  cart: Context['cart'];
}

export const codeUnits = (text: string, [from, to]: readonly [number, number]): [number, number] => {
  const points = Array.from(text);
  return [points.slice(0, from).join('').length, points.slice(0, to).join('').length];
};

export function isSame(said: Said, line: Line, item: GoldItem): boolean {
  if (item.role && line.role !== item.role) return false;
  if (item.open?.includes('quantity')) return isSameName(said, line, item);
  return (isSameName(said, line, item) && isSameAmount(said, line, item)) || isSamePack(said, line, item);
}

/** Words that a name may have or lack, and is of the same goods. */
const FREE = 'large small medium big little of the a fresh some organic økologisk økologiske';

/**
 * By the words as they were written or as gold puts them right; words that both keep as notes, brand or size may stand in either place. What
 * is to be changed is the line of the cart that both name.
 */
export function isSameName({ text, intent, cart }: Said, line: Line, item: GoldItem): boolean {
  const [from, to] = codeUnits(text, item.name_span);
  const apart = [item.brand, item.notes, item.diet, item.size, line.brand, line.notes, FREE];
  const free = new Set(apart.flatMap((words) => bag(words ?? '')));
  const own = bag(line.name).filter((word) => !free.has(word));
  const names = [item.name, item.name_written ?? item.name, text.slice(from, to), item.brand ?? item.name];
  const isNamed = names.some((name) => {
    const words = bag(name);
    const core = words.filter((word) => !free.has(word));
    return (
      (core.join(' ') === own.join(' ') && own.length > 0) ||
      bag(line.name).join(' ') === words.join(' ') ||
      bag(`${line.brand ?? ''} ${line.name}`).join(' ') === words.join(' ') ||
      bag(`${line.brand ?? ''} ${line.name}`).join(' ') === bag(`${item.brand ?? ''} ${name}`).join(' ')
    );
  });
  return isNamed || isBranded(line, item) || (isAimed(intent, item) && isSameHeld(line, item, cart));
}

/** "La Croix lime", which gold calls a lime sparkling water by La Croix: every word that was said, and none that gold has not. */
function isBranded(line: Line, item: GoldItem): boolean {
  if (item.brand === null || !item.name_written) return false;
  const own = bag(`${line.brand ?? ''} ${line.name}`);
  const all = new Set([item.name, item.name_written, item.brand].flatMap(bag));
  return bag(item.name_written).every((word) => own.includes(word)) && own.every((word) => all.has(word));
}

const isAimed = (intent: string, { role }: GoldItem): boolean =>
  intent === 'remove' || intent === 'set_quantity' || role === 'from';
function isSameHeld(line: Line, item: GoldItem, cart: Context['cart']): boolean {
  const [own, gold] = [inCart(line.name, cart), inCart(item.name, cart)];
  return own.length === 1 && gold.length === 1 && own[0] === gold[0];
}

/** "A loaf of wholemeal" and "a wholemeal loaf", "popcorn, a bag" and "popcorn bags": a container may be the unit or the end of the name. */
function isSamePack(said: Said, line: Line, item: GoldItem): boolean {
  const [own, gold] = [packedIn(line), packedIn(item)];
  if (own === null && gold === null) return false;
  const [one, other] = [own ?? line, gold ?? item];
  return (
    isSameName(said, { ...line, ...one }, { ...item, ...other, name_written: other.name, name_span: [0, 0] }) &&
    amountKey(bareOne(own ?? line)) === amountKey(bareOne(gold ?? item))
  );
}
interface Packed {
  name: string;
  quantity: number | null;
  unit: string | null;
  size: string | null;
}
/** With the container that ends its name as its unit; null where none does. */
function packedIn({ name, quantity, unit, size }: Packed): Packed | null {
  const words = name.split(' ');
  const last = words.length > 1 ? saidUnit(words.at(-1)!.toLowerCase()) : null;
  if (last === null || last.kind === 'measure' || (unit !== null && unit !== 'each' && unit !== last.said)) return null;
  return { name: words.slice(0, -1).join(' '), quantity, unit: last.said, size };
}
/** "Popcorn bag": one bag, where no number was said. */
const bareOne = (one: Packed): Packed => ({ ...one, quantity: one.quantity === 1 ? null : one.quantity });

export const bag = (text: string): string[] =>
  [
    ...new Set(
      stemsOf(text)
        .flatMap((stem) => stem.split('_'))
        .filter((stem) => /[\p{L}\d]/u.test(stem)),
    ),
  ].sort();

/** Questions that "a trail mix" and "trail mix" ask alike. */
const ASKING = new Set(['search', 'price_check', 'price_history', 'discounts_near', 'substitute', 'from_recipe']);

function isSameAmount({ intent }: Said, line: Line, item: GoldItem): boolean {
  const [own, gold] = [line, item].map((one): Packed => {
    const isArticle = ASKING.has(intent) && one.quantity === 1 && one.unit === null && one.size === null;
    return isArticle ? { ...one, quantity: null } : one;
  }) as [Packed, Packed];
  // A container that gold leaves out, or one of so much: the same goods.
  const isOnlyPack = (one: Packed, other: Packed): boolean =>
    one.unit !== null &&
    one.size !== null &&
    other.unit === null &&
    amountKey({ ...one, unit: null }) === amountKey(other);
  const isOnePack = (one: Packed, other: Packed): boolean =>
    one.unit !== null &&
    one.quantity === 1 &&
    one.size !== null &&
    amountKey({ ...one, unit: null, quantity: null }) === amountKey(other);
  // "Gravy, the jarred kind" is a jar of it.
  const isPackNoted =
    own.unit === null &&
    own.quantity === null &&
    gold.quantity === null &&
    gold.unit !== null &&
    own.size === gold.size;
  const isKindOfPack = isPackNoted && new RegExp(`\\b${gold.unit}(r?ed|ned)\\b`, 'i').test(line.notes ?? '');
  const isNoted = own.unit !== null && gold.unit === null && bag(item.notes ?? '').includes(own.unit);
  return (
    amountKey(own) === amountKey(gold) ||
    amountKey(canned(own)) === amountKey(canned(gold)) ||
    isOnlyPack(own, gold) ||
    isOnlyPack(gold, own) ||
    isOnePack(own, gold) ||
    isOnePack(gold, own) ||
    isKindOfPack ||
    (isNoted && amountKey(bareOne({ ...own, unit: null })) === amountKey(gold))
  );
}

/** "Canned corn x6" is six cans. */
const canned = (one: Packed): Packed =>
  one.unit === null && one.quantity !== null && /\b(canned|tinned)\b/i.test(one.name) ? { ...one, unit: 'can' } : one;

/** Twelve are a dozen; a bare amount and a size of one are the same. */
function amountKey({ quantity, unit, size }: Packed): string {
  const sized = /^(\d+(?:\.\d+)?)\s*-?\s*([a-z. ]+)$/i.exec(size ?? '');
  const sizeKey = sized
    ? `${sized[1]} ${SHORT[sized[2]!.trim().toLowerCase()] ?? sized[2]!.trim().toLowerCase()}`
    : size && /^\d+$/.test(size)
      ? `${size} count`
      : size && /^\d/.test(size)
        ? size
        : null;
  if (unit === 'dozen') return `${(quantity ?? 1) * 12} each ${sizeKey}`;
  const kind = unit === null || unit === 'each' || unit === 'count' || unit === 'medium' ? 'each' : unit;
  const counted = quantity === null && unit === null ? /^(\d+) count$/.exec(sizeKey ?? '') : null;
  if (counted) return `${counted[1]} each null`;
  if (sizeKey !== null && quantity === null) return `${sizeKey} null`;
  if (kind !== 'each' && sizeKey === null && SIZES.has(kind)) return `${quantity} ${kind} null`;
  return `${quantity ?? ''} ${kind} ${sizeKey}`;
}
const SHORT: Readonly<Record<string, string>> = {
  oz: 'ounce',
  lb: 'pound',
  lbs: 'pound',
  g: 'gram',
  kg: 'kilogram',
  ml: 'milliliter',
  l: 'liter',
  ct: 'count',
  pk: 'count',
  'fl oz': 'fluid ounce',
  pack: 'count',
};
const SIZES = new Set([
  'ounce',
  'pound',
  'gram',
  'kilogram',
  'milliliter',
  'liter',
  'fluid ounce',
  'pint',
  'gallon',
  'quart',
]);
