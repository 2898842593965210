import { operationsMetrics } from '../../../operations/operations.metrics.js';
import { liveMetrics } from '../../live/live.metrics.js';
import { notificationsMetrics } from '../../notifications/notifications.metrics.js';
import { ordersMetrics } from '../../orders/orders.metrics.js';
import { planningMetrics } from '../../planning/planning.metrics.js';
import { pricesMetrics } from '../../prices/prices.metrics.js';
import { providersMetrics } from '../../providers/providers.metrics.js';
import { routingMetrics } from '../../routing/routing.metrics.js';
import { wordsMetrics } from '../../words/words.metrics.js';

/** Made at the start, so that a page of metrics has every name from the first on. */
export const METRIC_GROUPS = [
  operationsMetrics,
  providersMetrics,
  routingMetrics,
  wordsMetrics,
  planningMetrics,
  ordersMetrics,
  pricesMetrics,
  notificationsMetrics,
  liveMetrics,
] as const;
