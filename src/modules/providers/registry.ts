import { instacart } from './instacart/instacart.provider.js';
import { kroger } from './kroger/kroger.provider.js';
import { mealme } from './mealme/mealme.provider.js';
import type { Provider } from './provider.js';
import { walmart } from './walmart/walmart.provider.js';

/** Every provider, one line each. */
export const PROVIDERS: readonly Provider[] = [kroger, walmart, mealme, instacart];
