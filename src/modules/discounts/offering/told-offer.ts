import { z } from 'zod';
import { readRegisterText, type RegisterText } from '../../../vocabulary/danish/register-text.js';
import { distanceKm, placeOfPostalCode, type Place } from '../../../vocabulary/places.js';
import { Offer, type Near } from '../../providers/offer.js';
import { buyableUntil, dayIn, daysAfter, isOpenAt } from './opening.js';
import { keepsDays } from './use-by.js';

/** An offer with what follows from it for who may go there. Pure. */
export const ToldOffer = Offer.extend({
  distanceKm: z.number().nullable().describe('as the crow flies; null where one of the two places is not known'),
  precision: z
    .enum(['point', 'postal_code'])
    .nullable()
    .describe('of the distance: postal_code is from the middle of its area'),
  isOpenNow: z.boolean().nullable().describe('null where its hours are not told'),
  mayBeGone: z
    .enum(['unlikely', 'possible', 'likely'])
    .nullable()
    .describe('by how long ago the source saw it; null where it does not tell'),
  buyBy: z.iso.datetime().nullable().describe('the end of the offer, or the last closing before; null: not any more'),
  useBy: z
    .object({ date: z.iso.date(), isAssumed: z.literal(true) })
    .nullable()
    .describe(
      'if bought today; the source tells only the end of the offer, so it is assumed by category: a printed date wins',
    ),
  read: z
    .object({
      food: z.string().nullable().describe('of the library; null: it is no ingredient that is known'),
      match: z.enum(['exact', 'stand_in', 'none', 'mixed']),
      packGramsOrMl: z.number().nullable(),
      pieces: z.number().nullable(),
      isOrganic: z.boolean(),
      state: z.enum(['fresh', 'frozen', 'dry', 'canned', 'ambient', 'none']),
      allergens: z.object({ certain: z.array(z.string()), likely: z.array(z.string()), freeOf: z.array(z.string()) }),
    })
    .describe('what its name says; allergens that it does not name are not known, and likely ones only warn'),
}).meta({ id: 'ToldOffer' });
export type ToldOffer = z.infer<typeof ToldOffer>;

/** Where the shops of all sources are. */
export const ZONE = 'Europe/Copenhagen';
const HOUR_MS = 3_600_000;
/** Of the last word of the source: what sells in the rush of an afternoon may be gone after two hours, and is likely to be after six. */
const GONE = { possibleMs: 2 * HOUR_MS, likelyMs: 6 * HOUR_MS };

export function toldOffer(offer: Offer, near: Near, nowMs: number): ToldOffer {
  const from = pointOf(near);
  const to = placeOfStore(offer.store);
  const { food, match, size, isOrganic, state, allergens } = readOf(offer);
  const until = buyableUntil(offer.store.hours, Date.parse(offer.endsAt), nowMs);
  const days = keepsDays(offer.category ?? '', state);
  return {
    ...offer,
    distanceKm: from && to ? Math.round(distanceKm(from, to) * 10) / 10 : null,
    precision: from && to ? (from.precision === 'point' && to.precision === 'point' ? 'point' : 'postal_code') : null,
    isOpenNow: isOpenAt(offer.store.hours, nowMs),
    mayBeGone: offer.updatedAt === null ? null : goneAfter(nowMs - Date.parse(offer.updatedAt)),
    buyBy: until === null ? null : new Date(until).toISOString(),
    useBy: days === null ? null : { date: daysAfter(dayIn(ZONE, nowMs), days), isAssumed: true },
    read: {
      food,
      match,
      packGramsOrMl: size.total,
      pieces: size.pieces,
      isOrganic,
      state,
      allergens: { certain: [...allergens.certain], likely: [...allergens.likely], freeOf: [...allergens.freeOf] },
    },
  };
}

/** Shops have much the same goods under the same names, and reading one takes a part of a millisecond. */
function readOf({ name, category }: Offer): RegisterText {
  const key = `${category ?? ''}\n${name}`;
  const known = READ.get(key) ?? readRegisterText(name, category ?? '');
  if (READ.size >= MOST_READ) READ.clear();
  READ.set(key, known);
  return known;
}
const READ = new Map<string, RegisterText>();
const MOST_READ = 5000;

/** Null for a postal code whose place nobody here knows. */
export const pointOf = (near: Near): Place | null =>
  'postalCode' in near
    ? placeOfPostalCode(near.postalCode)
    : { latitude: near.latitude, longitude: near.longitude, precision: 'point' };

function placeOfStore({ latitude, longitude, postalCode }: Offer['store']): Place | null {
  if (latitude !== null && longitude !== null) return { latitude, longitude, precision: 'point' };
  return postalCode === null ? null : placeOfPostalCode(postalCode);
}

const goneAfter = (ms: number): 'unlikely' | 'possible' | 'likely' =>
  ms >= GONE.likelyMs ? 'likely' : ms >= GONE.possibleMs ? 'possible' : 'unlikely';
