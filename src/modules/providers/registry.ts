import { instacart } from './instacart/instacart.provider.js';
import { kroger } from './kroger/kroger.provider.js';
import { mealme } from './mealme/mealme.provider.js';
import type { OfferSource } from './offer.js';
import type { Provider } from './provider.js';
import { salling } from './salling/salling.provider.js';
import { walmart } from './walmart/walmart.provider.js';

/** Every provider of quotes, one line each. */
export const PROVIDERS: readonly Provider[] = [kroger, walmart, mealme, instacart];

/** Every source of offers. */
export const OFFER_SOURCES: readonly OfferSource[] = [salling];

export const SOURCES: readonly (Provider | OfferSource)[] = [...PROVIDERS, ...OFFER_SOURCES];
