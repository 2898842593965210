import { REQUEST_ERRORS } from './common/request.errors.js';
import { OPERATIONS_ERRORS } from './operations/operations.errors.js';
import { TENANTS_ERRORS } from './modules/tenants/tenants.errors.js';
import { SWITCHES_ERRORS } from './modules/switches/switches.errors.js';
import { PROVIDERS_ERRORS } from './modules/providers/providers.errors.js';
import { NUTRITION_ERRORS } from './modules/nutrition/nutrition.errors.js';
import { PRICES_ERRORS } from './modules/prices/prices.errors.js';
import { DISCOUNTS_ERRORS } from './modules/discounts/discounts.errors.js';
import { ORDERS_ERRORS } from './modules/orders/orders.errors.js';
import { ROUTING_ERRORS } from './modules/routing/routing.errors.js';
import { PLANNING_ERRORS } from './modules/planning/planning.errors.js';
import { WORDS_ERRORS } from './modules/words/words.errors.js';
import { NOTIFICATIONS_ERRORS } from './modules/notifications/notifications.errors.js';
import { LIVE_ERRORS } from './modules/live/live.errors.js';
import { OPS_ERRORS } from './modules/ops/ops.errors.js';

/** Every error a caller can meet: the rows of each room, gathered. */
export const ERRORS = {
  ...REQUEST_ERRORS,
  ...OPERATIONS_ERRORS,
  ...TENANTS_ERRORS,
  ...SWITCHES_ERRORS,
  ...PROVIDERS_ERRORS,
  ...NUTRITION_ERRORS,
  ...PRICES_ERRORS,
  ...DISCOUNTS_ERRORS,
  ...ORDERS_ERRORS,
  ...ROUTING_ERRORS,
  ...PLANNING_ERRORS,
  ...WORDS_ERRORS,
  ...NOTIFICATIONS_ERRORS,
  ...LIVE_ERRORS,
  ...OPS_ERRORS,
} as const;

export type ErrorCode = keyof typeof ERRORS;
