import type { OfferList } from '../../../sdk/client.js';
import type { Look, Order } from './look.js';

export type Offer = OfferList['data'][number];
type Store = Offer['store'];

/** By what chains are told apart; a shop of none is its own. Pure, as all here. */
export const chainOf = ({ brand, name }: Store): string => brand ?? name;

export const chainsIn = (offers: readonly Offer[]): string[] =>
  [...new Set(offers.map(({ store }) => chainOf(store)))].sort();

/** Those that can still be bought and are looked for, in their order. */
export function wantedOf(
  offers: readonly Offer[],
  { chains, openNow, by }: Pick<Look, 'chains' | 'openNow' | 'by'>,
  nowMs: number,
): Offer[] {
  return offers
    .filter(
      ({ buyBy, store, isOpenNow }) =>
        buyBy !== null &&
        Date.parse(buyBy) > nowMs &&
        (chains.length === 0 || chains.includes(chainOf(store))) &&
        (!openNow || isOpenNow === true),
    )
    .sort((one, other) => rankOf(one, by) - rankOf(other, by) || rankOf(one, 'time') - rankOf(other, 'time'));
}

function rankOf(offer: Offer, by: Order): number {
  if (by === 'distance') return offer.distanceKm ?? Infinity;
  return by === 'time' ? Date.parse(offer.buyBy ?? offer.endsAt) : -(savedShare(offer) ?? 0);
}

/** 0.4 of what costs 60 instead of 100; null where the usual price is not told. */
export function savedShare({ priceCents, regularPriceCents }: Pick<Offer, 'priceCents' | 'regularPriceCents'>) {
  return regularPriceCents ? 1 - priceCents / regularPriceCents : null;
}

export interface ShopOffers {
  store: Store;
  offers: Offer[];
}

/** Shop by shop, each where its first one stands. */
export function byShop(offers: readonly Offer[]): ShopOffers[] {
  const shops = new Map<string, ShopOffers>();
  for (const offer of offers) {
    const known = shops.get(offer.store.id);
    if (known) known.offers.push(offer);
    else shops.set(offer.store.id, { store: offer.store, offers: [offer] });
  }
  return [...shops.values()];
}

/** Until when a shop is open, or when it opens next; null where its hours are not told. */
export function openingOf({ hours }: Store, nowMs: number): { isOpen: boolean; at: string } | null {
  const ahead = (hours ?? [])
    .filter(({ closesAt }) => Date.parse(closesAt) > nowMs)
    .sort((one, other) => Date.parse(one.opensAt) - Date.parse(other.opensAt))[0];
  if (!ahead) return null;
  const isOpen = Date.parse(ahead.opensAt) <= nowMs;
  return { isOpen, at: isOpen ? ahead.closesAt : ahead.opensAt };
}

/** The words of a name by which the same thing is found elsewhere, without how much of it is in a pack. */
export const watchWords = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\d[\d.,\-–]*\s*(?:%|kg|g|l|dl|cl|ml|stk|pk)?(?![\p{L}])/gu, ' ')
    .replace(/[^\p{L}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
