import type { z } from 'zod';
import { toCents } from '../../../common/money.js';
import type { Near, Offer } from '../offer.js';
import { Clearance, ClosedDay, OpenDay, type FoodWaste } from './salling.wire.js';

/** The query of food-waste; null when they could not read it: a postal code has 4 digits, a point is on the globe. */
export function queryOf(near: Near): URLSearchParams | null {
  if ('postalCode' in near) {
    const zip = near.postalCode.trim();
    return /^\d{4}$/.test(zip) ? new URLSearchParams({ zip }) : null;
  }
  const { latitude, longitude, radiusKm } = near;
  const onGlobe = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && radiusKm > 0;
  return onGlobe ? new URLSearchParams({ geo: `${latitude},${longitude}`, radius: String(radiusKm) }) : null;
}

type Shop = FoodWaste[number];

/**
 * Their clearances in our terms: those that still run at `nowMs` and are still there, the cheapest against its regular price first. One that is
 * absurd, or not of their schema, is left out alone; null when there is none that is not.
 */
export function offersOf(reply: FoodWaste, nowMs: number): Offer[] | null {
  const offers: Offer[] = [];
  let isAnyGood = reply.every(({ clearances }) => clearances.length === 0);
  for (const { store, clearances } of reply) {
    for (const clearance of clearances) {
      const parsed = Clearance.safeParse(clearance);
      const offer = parsed.success ? offerOf(store, parsed.data) : null;
      if (!offer) continue;
      isAnyGood = true;
      if (offer.stock > 0 && offer.priceCents > 0 && Date.parse(offer.endsAt) > nowMs) offers.push(offer);
    }
  }
  if (!isAnyGood) return null;
  return offers.sort((a, b) => shareOf(a) - shareOf(b) || (a.ean < b.ean ? -1 : 1));
}

function offerOf(store: Shop['store'], { offer, product }: z.infer<typeof Clearance>): Offer | null {
  const priceCents = toCents(offer.newPrice);
  const regularCents = offer.originalPrice == null ? null : toCents(offer.originalPrice);
  if (priceCents === null || (offer.originalPrice != null && regularCents === null)) return null;
  const [longitude, latitude] = store.coordinates ?? [null, null];
  return {
    ean: offer.ean,
    name: product.description,
    category: product.categories?.da ?? product.categories?.en ?? null,
    currency: 'DKK',
    priceCents,
    // A regular price below the offer's is none.
    regularPriceCents: regularCents !== null && regularCents >= priceCents ? regularCents : null,
    stock: offer.stock,
    stockUnit: offer.stockUnit,
    startsAt: offer.startTime,
    endsAt: offer.endTime,
    updatedAt: offer.lastUpdate ?? null,
    store: {
      id: store.id,
      name: store.name,
      brand: store.brand ?? null,
      latitude,
      longitude,
      street: store.address?.street ?? null,
      postalCode: store.address?.zip ?? null,
      city: store.address?.city ?? null,
      hours: hoursOf(store.hours),
    },
  };
}

function hoursOf(hours: Shop['store']['hours']): Offer['store']['hours'] {
  const days = (hours ?? []).flatMap((day) => {
    const { success, data } = OpenDay.safeParse(day);
    if (success && !data.closed && data.open < data.close) return [{ opensAt: data.open, closesAt: data.close }];
    const closed = ClosedDay.safeParse(day);
    // Noon is on the same day in Denmark, whatever the clocks do.
    const noon = `${closed.data?.date}T12:00:00.000Z`;
    return closed.success ? [{ opensAt: noon, closesAt: noon }] : [];
  });
  return days.length > 0 ? days : null;
}

function shareOf({ priceCents, regularPriceCents }: Offer): number {
  return regularPriceCents ? priceCents / regularPriceCents : 1;
}
