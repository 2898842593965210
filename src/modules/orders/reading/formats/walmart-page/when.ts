import { dayOf, instantOf } from '../../days.js';
import { member, named, textIn, type Members } from '../../members.js';
import type { OrderFacts } from '../../reading.js';

/** When an order was made: the day on its own wall, and the moment where that can be told. Pure. */
const DATE = named(
  'orderDate',
  'orderedAt',
  'orderedOn',
  'ordered',
  'orderPlacedDate',
  'placedAt',
  'placedOn',
  'placed',
  'orderPlaced',
  'purchaseDate',
  'purchasedAt',
  'purchasedOn',
  'purchased',
  'boughtAt',
  'boughtOn',
  'bought',
  'dateOrdered',
  'datePlaced',
  'dateOfPurchase',
  'transactionDate',
  'when',
  'date',
  'createdAt',
  'createdOn',
  'created',
  'dateCreated',
);
const ZONE = named('timezone', 'timeZone', 'zone');
const TITLES = [named('title'), named('shortTitle')];
const LOCAL = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?$/;
const DAY_MS = 86_400_000;

/** An order of years ago may have no date but that in its title. */
export function whenIn(order: Members): Pick<OrderFacts, 'orderedAt' | 'orderedOn' | 'zone'> {
  const zone = zoneIn(order);
  const told = member(order, DATE);
  const text = typeof told === 'number' ? textOfEpoch(told) : typeof told === 'string' ? told.trim() : '';
  const local = LOCAL.exec(text);
  const orderedAt = instantOf(text) ?? (local && zone ? instantAt(zone, `${local[1]}T${local[2]}`) : null);
  // In UTC there is no wall: the day is that of the zone, where it is known.
  const isUtc = orderedAt !== null && text.endsWith('Z');
  const day = isUtc && zone !== null ? wallAt(zone, Date.parse(orderedAt)).slice(0, 10) : dayOf(text);
  const [byTitle] = TITLES.map((by) => dayOf(textIn(order, by))).filter((one) => one !== null);
  return { orderedAt, orderedOn: day ?? byTitle ?? null, zone };
}

/** Seconds or milliseconds since 1970. */
function textOfEpoch(value: number): string {
  const ms = value < 100_000_000_000 ? value * 1000 : value;
  return ms > 0 && ms < 4_102_444_800_000 ? new Date(ms).toISOString() : '';
}

const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat | null = null;
  try {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  if (formats.size < 100) formats.set(zone, format);
  return format;
}

/** Null for a text that names none. */
function zoneIn(order: Members): string | null {
  const zone = textIn(order, ZONE);
  return zone !== null && /^[A-Za-z]+\/[A-Za-z_/+-]{2,40}$/.test(zone) && formatOf(zone) !== null ? zone : null;
}

/** `YYYY-MM-DDTHH:MM:SS` on the wall there. */
const wallAt = (zone: string, at: number): string => formatOf(zone)!.format(at).replace(' ', 'T');

/** The moment of a time on the wall; null on the night when it comes twice or never. */
function instantAt(zone: string, wall: string): string | null {
  const whole = wall.length === 16 ? `${wall}:00` : wall;
  const at = Date.parse(`${whole}Z`);
  if (Number.isNaN(at)) return null;
  const offsets = new Set([at - DAY_MS, at + DAY_MS].map((near) => Date.parse(`${wallAt(zone, near)}Z`) - near));
  const fitting = [...offsets].map((offset) => at - offset).filter((one) => wallAt(zone, one) === whole);
  return fitting.length === 1 ? new Date(fitting[0]!).toISOString() : null;
}
