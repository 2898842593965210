import { toCents } from '../../../common/money.js';
import type { Near, Offer } from '../offer.js';
import type { FoodWaste } from './salling.wire.js';

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
 * Their clearances in our terms: those that still run at `nowMs` and are still there, the cheapest against its regular price first. Null
 * when a stated price is no plausible one.
 */
export function offersOf(reply: FoodWaste, nowMs: number): Offer[] | null {
  const offers: Offer[] = [];
  for (const { store, clearances } of reply) {
    for (const clearance of clearances) {
      const offer = offerOf(store, clearance);
      if (!offer) return null;
      if (offer.stock > 0 && offer.priceCents > 0 && Date.parse(offer.endsAt) > nowMs) offers.push(offer);
    }
  }
  return offers.sort((a, b) => shareOf(a) - shareOf(b) || (a.ean < b.ean ? -1 : 1));
}

function offerOf(store: Shop['store'], { offer, product }: Shop['clearances'][number]): Offer | null {
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
    store: {
      id: store.id,
      name: store.name,
      brand: store.brand ?? null,
      latitude,
      longitude,
      street: store.address?.street ?? null,
      postalCode: store.address?.zip ?? null,
      city: store.address?.city ?? null,
    },
  };
}

function shareOf({ priceCents, regularPriceCents }: Offer): number {
  return regularPriceCents ? priceCents / regularPriceCents : 1;
}
