import { formatCents } from '../../../../common/money.js';
import { UNKNOWN, type Found } from './cart-state.js';

/** What is known of a thing, as answers tell it. Pure. */

export interface KnownProduct {
  id: string;
  name: string;
  retailer: string;
  size: string | null;
}

/** What a product was last seen or paid to cost. */
export interface KnownPrice {
  cents: number;
  currency: string;
  store: string;
  on: string;
  /** Of one pack, where it was told: "3.8 l". */
  of: string | null;
  regularCents: number | null;
}

export const productFound = (about: string, { id, name, retailer, size }: KnownProduct): Found => ({
  ...UNKNOWN,
  kind: 'product',
  about,
  id,
  name,
  text: `${name}${size === null ? '' : `, ${size}`}, bought at ${retailer}`,
  path: `/v1/products/${id}`,
  store: retailer,
});

export function priceFound(about: string | null, product: { id: string; name: string }, price: KnownPrice): Found {
  const { cents, currency, store, on, of, regularCents } = price;
  const money = (amount: number) => formatCents(amount, currency);
  const usual = regularCents !== null && regularCents > cents ? `, otherwise ${money(regularCents)}` : '';
  return {
    kind: 'price',
    about,
    id: product.id,
    name: product.name,
    text: `${product.name}: ${money(cents)}${of === null ? '' : ` for ${of}`}${usual} at ${store}, seen ${on}`,
    path: product.id.startsWith('prd_') ? `/v1/products/${product.id}/prices` : null,
    cents,
    currency,
    store,
    on,
    status: null,
  };
}

export const foodFound = (about: string, name: string): Found => ({
  ...UNKNOWN,
  kind: 'food',
  about,
  name,
  text: `${name} in the place of ${about}`,
});

interface Standing {
  id: string;
  status: string;
  createdAt: string;
  totalCents?: number | null;
  currency?: string | null;
}

export function standingFound(kind: 'route' | 'plan', { id, status, createdAt, totalCents = null }: Standing): Found {
  const day = createdAt.slice(0, 10);
  return {
    ...UNKNOWN,
    kind,
    id,
    name: `latest ${kind}`,
    text: `the latest ${kind}, of ${day}, is ${status}${totalCents === null ? '' : `: ${formatCents(totalCents)}`}`,
    path: `/v1/${kind}s/${id}`,
    cents: totalCents,
    currency: totalCents === null ? null : 'USD',
    on: day,
    status,
  };
}
