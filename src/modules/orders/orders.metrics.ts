import type { Meters } from '../../platform/telemetry/metrics.js';

export const ordersMetrics = (meters: Meters) => ({
  imports: meters.counter('loopgpt_imports_total', 'imports closed, by status and format', ['status', 'format']),
  importLatency: meters.histogram('loopgpt_import_latency_seconds', 'acceptance to outcome', []),
  orders: meters.counter('walmart_orders_processed_total', 'orders read by imports, by what became of them', [
    'result',
  ]),
});
