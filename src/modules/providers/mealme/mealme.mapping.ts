import { centsOrNull } from '../../../common/money.js';
import { keptOf } from '../../../common/kept.js';
import type { CandidateProduct } from '../matching/choose-product.js';
import type { BasketTerms, QuoteLine, ShippingAddress } from '../provider.js';
import type { FinalQuote, Products, QuoteObject } from './mealme.wire.js';

interface Store {
  id: string;
  name: string;
  distanceKm?: number;
}

export interface StoreCandidate extends CandidateProduct {
  store: Store;
  quote: QuoteObject | null;
}

/** Their products in our terms, or null when a price is no plausible number of cents. A price of 0 is one that they do not tell. */
export const candidatesOf = keptOf(candidates);

function candidates(reply: Products): StoreCandidate[] | null {
  if (reply.products.some((product) => centsOrNull(product.price) === null)) return null;
  return reply.products.map((product) => ({
    productId: product.product_id,
    name: product.item_name,
    brand: null,
    size:
      product.unit_size && product.unit_of_measurement ? `${product.unit_size} ${product.unit_of_measurement}` : null,
    categories: product.category ? [product.category] : [],
    priceCents: product.price || null,
    soldByWeight: isPricedByPound(product),
    inStock: product.is_available ?? null,
    store: storeOf(product.store),
    quote: product.quote ?? null,
  }));
}

/**
 * A unit without a size is what the price is for: "lb", as for what is weighed at the counter. So is one pound of what is named with the
 * weight that one has on average.
 */
const isPricedByPound = ({ item_name, unit_size, unit_of_measurement }: Products['products'][number]): boolean =>
  /^(lbs?|per lb|pound)$/i.test(unit_of_measurement ?? '') &&
  (unit_size == null || (unit_size === 1 && /\b(?:avg|average)\b/i.test(item_name)));

const KM_PER_MILE = 1.609344;

/** They tell how far it is from the point that they were given, in miles. */
function storeOf({ _id, name, miles }: Products['products'][number]['store']): Store {
  const far = miles === undefined ? {} : { distanceKm: Math.round(miles * KM_PER_MILE * 10) / 10 };
  return { id: _id ?? name, name, ...far };
}

/** The one store that has something for most lines (all lines must come from one), the first named of equals. */
export function bestStore(perLine: readonly (readonly StoreCandidate[])[]): Store | null {
  const lines = new Map<string, { store: Store; count: number }>();
  for (const candidates of perLine) {
    for (const id of new Set(candidates.map((candidate) => candidate.store.id))) {
      const entry = lines.get(id) ?? {
        store: candidates.find((candidate) => candidate.store.id === id)!.store,
        count: 0,
      };
      lines.set(id, { ...entry, count: entry.count + 1 });
    }
  }
  return [...lines.values()].sort((left, right) => right.count - left.count)[0]?.store ?? null;
}

export interface Parts {
  feesCents: number | null;
  taxCents: number | null;
  deliveryCents: number | null;
  deliveryMinutes: { min: number; max: number } | null;
}

/**
 * Fees, tax and time for an items total, as the quote object beside a product tells them. What it leaves out, and what it says in a way
 * whose meaning is not documented (threshold fees, a percentage on delivery or on small orders), stays unknown.
 */
export function partsOf(quote: QuoteObject | null, itemsCents: number): Parts {
  const delivery = quote?.delivery_fee;
  const service = quote?.service_fee;
  const deliveryCents =
    delivery && !delivery.delivery_fee_percent && !delivery.threshold_fees?.length
      ? centsOrNull(delivery.delivery_fee_flat)
      : null;
  const serviceCents = serviceFee(service, itemsCents);
  const smallCents = smallOrderFee(quote?.small_order_fee, itemsCents);
  const taxed = [
    itemsCents,
    delivery?.delivery_fee_taxable ? deliveryCents : 0,
    service?.service_fee_taxable ? serviceCents : 0,
  ];
  const percent = quote?.sales_tax_percent;
  return {
    feesCents: sum([serviceCents, smallCents]),
    taxCents: percent == null ? null : centsOrNull(Math.round(((sum(taxed) ?? NaN) * percent) / 100)),
    deliveryCents,
    deliveryMinutes: minutes(quote?.time_estimate?.minimum, quote?.time_estimate?.maximum),
  };
}

function serviceFee(fee: QuoteObject['service_fee'], itemsCents: number): number | null {
  if (!fee || fee.threshold_fees?.length || (fee.service_fee_flat == null && fee.service_fee_percent == null)) {
    return null;
  }
  const raw = (fee.service_fee_flat ?? 0) + (itemsCents * (fee.service_fee_percent ?? 0)) / 100;
  return centsOrNull(Math.round(Math.max(fee.service_fee_min ?? 0, Math.min(fee.service_fee_max ?? Infinity, raw))));
}

/** None where they name none, and none from their minimum on. */
function smallOrderFee(fee: QuoteObject['small_order_fee'], itemsCents: number): number | null {
  if (!fee || itemsCents >= (fee.minimum_order_value ?? Infinity)) return 0;
  return fee.small_order_fee_percent ? null : centsOrNull(fee.small_order_fee_flat ?? 0);
}

/**
 * The same for any basket: a part is told only if all of it is, and the tax only where it is of the goods alone. A percentage of more than four
 * decimals is none that we could repeat to the cent.
 */
export function termsOf(quote: QuoteObject | null): BasketTerms | undefined {
  if (!quote) return undefined;
  const { delivery_fee: delivery, service_fee: service, small_order_fee: small } = quote;
  const deliveryCents = partsOf(quote, 0).deliveryCents;
  const fees = feeTerms(service, small);
  const tax = ppmOf(quote.sales_tax_percent);
  const isTaxOfGoods = !delivery?.delivery_fee_taxable && !service?.service_fee_taxable;
  return {
    minimumCents: centsOrNull(quote.order_minimum ?? NaN),
    charges: [
      ...(deliveryCents === null
        ? []
        : [{ part: 'delivery' as const, steps: [step(0, { flatCents: deliveryCents })] }]),
      ...(fees ?? []).map((steps) => ({ part: 'fees' as const, steps })),
      ...(tax === null || !isTaxOfGoods ? [] : [{ part: 'tax' as const, steps: [step(0, { ppm: tax })] }]),
    ],
  };
}

type Steps = BasketTerms['charges'][number]['steps'];

const step = (fromCents: number, rest: Partial<Steps[number]>): Steps[number] => ({
  fromCents,
  flatCents: 0,
  ppm: 0,
  leastCents: 0,
  mostCents: null,
  ...rest,
});

function feeTerms(service: QuoteObject['service_fee'], small: QuoteObject['small_order_fee']): Steps[] | null {
  if (serviceFee(service, 0) === null || smallOrderFee(small, 0) === null) return null;
  const ppm = ppmOf(service!.service_fee_percent ?? 0);
  const limits = [service!.service_fee_flat ?? 0, service!.service_fee_min ?? 0, service!.service_fee_max ?? 0];
  if (ppm === null || limits.some((cents) => centsOrNull(cents) === null)) return null;
  const [flatCents, leastCents] = limits as [number, number];
  const serviceSteps = [step(0, { flatCents, ppm, leastCents, mostCents: service!.service_fee_max ?? null })];
  const smallCents = smallOrderFee(small, 0)!;
  const until = centsOrNull(small?.minimum_order_value ?? NaN);
  if (smallCents === 0) return [serviceSteps];
  const free = until === null ? [] : [step(until, {})];
  return [serviceSteps, [step(0, { flatCents: smallCents }), ...free]];
}

/** Percent as millionths, if it is a whole number of them. */
function ppmOf(percent: number | null | undefined): number | null {
  if (percent == null || percent < 0) return null;
  const ppm = Math.round(percent * 10_000);
  return Math.abs(ppm - percent * 10_000) < 1e-6 ? ppm : null;
}

/** The parts of an order that is not placed; null when it is not about the same sum, or an amount is no plausible one. */
export function finalParts(quote: FinalQuote, itemsCents: number): Parts | null {
  const feesCents = sum([centsOrNull(quote.service_fee_cents), centsOrNull(quote.small_order_fee_cents ?? 0)]);
  const [taxCents, deliveryCents] = [centsOrNull(quote.sales_tax_cents), centsOrNull(quote.delivery_fee_cents)];
  if (quote.subtotal !== itemsCents || feesCents === null || taxCents === null || deliveryCents === null) return null;
  return {
    feesCents,
    taxCents,
    deliveryCents,
    deliveryMinutes: minutes(quote.delivery_time_min, quote.delivery_time_max),
  };
}

function minutes(min: number | null | undefined, max: number | null | undefined): Parts['deliveryMinutes'] {
  return min != null && max != null && min >= 0 && max >= min ? { min, max } : null;
}

function sum(parts: readonly (number | null)[]): number | null {
  return parts.reduce((total, part) => (total === null || part === null ? null : total + part), 0);
}

/** Who an order is quoted for: their order call wants a person, and a cart to route has none, so it is the platform's own account. */
export interface Buyer {
  email: string;
  id: string;
  name: string;
  phone: number;
}

/** The buyer from the settings; null, and no order is quoted, unless all four are given and the phone is digits. */
export function buyerOf(credentials: Readonly<Record<string, string>>): Buyer | null {
  const { buyerEmail: email, buyerId: id, buyerName: name, buyerPhone: phone } = credentials;
  return email && id && name && phone && /^\d{8,15}$/.test(phone) ? { email, id, name, phone: Number(phone) } : null;
}

/** Street number and name apart, as they want them. */
export function addressOf({ street, city, state, postalCode, country }: ShippingAddress): Record<string, string> {
  const [number = '', ...rest] = street.trim().split(/\s+/);
  return {
    user_street_num: number,
    user_street_name: rest.join(' '),
    user_city: city,
    user_state: state,
    user_zipcode: postalCode,
    user_country: country.toUpperCase(),
  };
}

/** The body of an order that is quoted and not placed. */
export function orderOf(
  lines: readonly QuoteLine[],
  buyer: Buyer,
  address: ShippingAddress,
  point: { latitude: number; longitude: number },
): object {
  return {
    items: lines
      .filter((line) => line.productId !== null)
      .map((line) => ({
        product_id: line.productId,
        quantity: line.packs,
        product_marked_price: line.unitPriceCents,
        selected_options: [],
      })),
    pickup: false,
    place_order: false,
    user_email: buyer.email,
    user_id: buyer.id,
    user_name: buyer.name,
    user_phone: buyer.phone,
    user_latitude: point.latitude,
    user_longitude: point.longitude,
    ...addressOf(address),
  };
}
