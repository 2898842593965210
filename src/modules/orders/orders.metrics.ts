import { each, fromZero, type Meters } from '../../platform/telemetry/metrics.js';
import { FORMATS } from './reading/formats/registry.js';

export const ordersMetrics = (meters: Meters) => ({
  imports: fromZero(
    meters.counter('loopgpt_imports_total', 'imports closed, by status and format', ['status', 'format']),
    [...FORMATS.map(({ id }) => ({ status: 'completed', format: id })), { status: 'failed', format: 'none' }],
  ),
  importLatency: meters.histogram('loopgpt_import_latency_seconds', 'acceptance to outcome', []),
  orders: fromZero(
    meters.counter('walmart_orders_processed_total', 'orders read by imports, by what became of them', ['result']),
    each('result', ['new', 'changed', 'same']),
  ),
});
