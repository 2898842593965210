import { each, fromZero, type Meters } from '../../platform/telemetry/metrics.js';
import { Failure } from './plan.dto.js';

const MADE = each('origin', ['claude', 'solver']).map(({ origin }) => ({
  status: 'completed',
  origin,
  failure: 'none',
}));
const NOT_MADE = Failure.shape.reason.options.map((failure) => ({ status: 'failed', origin: 'none', failure }));

export const planningMetrics = (meters: Meters) => ({
  plans: fromZero(
    meters.counter('loopgpt_plans_total', 'plans closed, by status, who chose the meals, and why there is none', [
      'status',
      'origin',
      'failure',
    ]),
    [...MADE, ...NOT_MADE],
  ),
  repairs: meters.counter('loopgpt_plan_repairs_total', 'meals of drafts that were changed to make the plan hold', []),
  planLatency: meters.histogram('loopgpt_plan_latency_seconds', 'acceptance to outcome', []),
  playlists: fromZero(
    meters.counter('loopgpt_playlists_total', 'playlists looked for, by result', ['result']),
    each('result', ['ok', 'none']),
  ),
});
