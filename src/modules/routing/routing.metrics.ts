import { CURRENCIES } from '../../common/money.js';
import { each, fromZero, type Meters } from '../../platform/telemetry/metrics.js';
import { ProviderId } from '../providers/provider.js';
import { Rule } from './deciding/policy.js';

const EACH = ProviderId.options.map((provider) => ({ provider }));

const cents = (meters: Meters, name: string, help: string) =>
  fromZero(meters.counter(name, help, ['currency']), each('currency', CURRENCIES));

export const routingMetrics = (meters: Meters) => ({
  requests: meters.counter('loopgpt_router_requests_total', 'routes accepted', []),
  outcomes: fromZero(
    meters.counter('loopgpt_router_outcomes_total', 'routes closed, by status and rule', ['status', 'rule']),
    ['fulfilled', 'partial', 'no_quotes'].flatMap((status) => Rule.options.map((rule) => ({ status, rule }))),
  ),
  latency: meters.histogram('loopgpt_router_latency_seconds', 'acceptance to outcome', []),
  overshoot: meters.histogram(
    'loopgpt_router_deadline_overshoot_seconds',
    'deadline to outcome, for routes closed by the deadline',
    [],
  ),
  openRoutes: meters.gauge('loopgpt_router_open_routes', 'routes without an outcome', []),
  oldestOpenSeconds: meters.gauge('loopgpt_router_oldest_open_seconds', 'age of the oldest open route', []),
  overhead: meters.histogram(
    'loopgpt_router_overhead_seconds',
    'the slowest answer that counted to the decision, waiting for a worker included; not of routes closed by the deadline',
    [],
  ),
  valueCents: cents(meters, 'loopgpt_router_value_cents_total', 'what the winners asked, cents'),
  commissionCents: cents(meters, 'loopgpt_router_commission_cents_total', 'what the winners pay us, cents'),
  comparedCents: cents(
    meters,
    'loopgpt_router_compared_cents_total',
    'what the winners asked where another could be compared, cents',
  ),
  alternativesCents: cents(
    meters,
    'loopgpt_router_alternatives_cents_total',
    'what the others asked for the same carts at the mean, cents; less the compared, it is what was saved',
  ),
  armRoutes: meters.gauge('loopgpt_experiment_routes', 'decided routes of each arm of the running experiment', ['arm']),
  armMeans: meters.gauge(
    'loopgpt_experiment_mean',
    'of an arm’s decided routes: percent paid over the cheapest, milliseconds, cents of commission, percent confirmed',
    ['arm', 'measure'],
  ),
  selections: fromZero(meters.counter('loopgpt_provider_selections_total', 'routes won', ['provider']), EACH),
  lateQuotes: fromZero(meters.counter('loopgpt_provider_late_total', 'answers after the decision', ['provider']), EACH),
});
