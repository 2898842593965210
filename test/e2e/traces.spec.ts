import { startSimulator, type Simulator } from '../../simulator/main.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { Collector, type CollectedSpan } from '../support/collector.js';
import { RoleProcess } from '../support/processes.js';
import { Receiver } from '../support/receiver.js';
import { createStores, type Stores } from '../support/stores.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const STATE = 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE';
const PROVIDERS = ['INSTACART', 'KROGER_API', 'MEALME', 'WALMART_API'];

/** Steps end in another order than they began: it is whole once each is there under which another was done. */
const isTold = (spans: readonly CollectedSpan[]) => {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const isWhole = spans.every(({ parentSpanId = '' }) => parentSpanId === CALLER || ids.has(parentSpanId));
  return isWhole && ['POST webhook', 'POST /v1/routes'].every((wanted) => spans.some(({ name }) => name === wanted));
};

interface Line {
  msg: string;
  span_id: string;
}

/** Its name and those of all above it, from the first. */
function wayTo(spans: readonly CollectedSpan[], span: CollectedSpan): string[] {
  const above = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [...(above ? wayTo(spans, above) : [span.parentSpanId ?? '']), span.name];
}

/** As `traceparent` carries it, the id of a span by its name: only one may have it. */
function carriedBy(spans: readonly CollectedSpan[], spanId: string): string {
  const [span] = spans.filter((one) => one.spanId === spanId);
  return span?.name ?? `nobody has ${spanId}`;
}

const REAL = [process.env.TEST_REDIS_URL, process.env.TEST_KAFKA_BROKERS].every(Boolean);
const TIERS = [
  { tier: 'in one process', roles: ['all'] },
  ...(REAL ? [{ tier: 'over Kafka and BullMQ', roles: ['api', 'quotes', 'aggregator', 'planner', 'notifier'] }] : []),
];

describe.each(TIERS)('a trace $tier', ({ roles }) => {
  let collector: Collector;
  let receiver: Receiver;
  let simulator: Simulator;
  let stores: Stores;
  let api: Api;
  const processes: RoleProcess[] = [];

  beforeAll(async () => {
    [collector, receiver, stores] = [await Collector.start(), await Receiver.start(), await createStores()];
    simulator = await startSimulator({ port: 0, seed: 1, latency: { medianMs: 0, p99Ms: 0 } });
    for (const role of roles) {
      const env = {
        ...stores.env,
        LOOPGPT_SIMULATOR_URL: simulator.url,
        LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_SERVICE_NAME: role,
        OTEL_BSP_SCHEDULE_DELAY: '200',
      };
      processes.push(await new RoleProcess(role, env).start());
    }
    api = new Api(processes[0]!.url);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.stop()));
    await simulator?.close();
    await collector?.close();
    await receiver?.close();
    await stores?.drop();
  });
  beforeEach(async () => {
    await simulator.control.reset();
    receiver.received.length = 0;
  });

  const send = (traceparent: string, tracestate: string) =>
    api.post('/v1/routes', { ...CART, webhook: { url: receiver.url } }, { traceparent, tracestate });
  const linesOf = (traceId: string) =>
    processes.flatMap(({ log }) =>
      log.filter((line) => line.includes(traceId)).map((line) => JSON.parse(line) as Line),
    );

  it('is one tree from the request to the webhook, each step under what it was really done for', async () => {
    const answer = await send(`00-${TRACE}-${CALLER}-01`, STATE);
    expect(answer.headers['x-request-id']).toBe(TRACE);
    await api.outcome(answer.body.id);
    await receiver.waitFor(1);
    const spans = await collector.trace(TRACE, isTold);

    const ids = new Set(spans.map(({ spanId }) => spanId));
    expect(ids.size).toBe(spans.length);
    const roots = spans.filter(({ parentSpanId = '' }) => !ids.has(parentSpanId));
    expect(roots.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([['POST /v1/routes', CALLER]]);
    expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(roles.filter((role) => role !== 'planner')));

    const work = [CALLER, 'POST /v1/routes', 'accept route', 'route.quote'];
    const webhook = spans.find(({ name }) => name === 'POST webhook')!;
    const [, , , , quote, ...told] = wayTo(spans, webhook);
    expect(PROVIDERS.map((id) => `quote ${id}`)).toContain(quote);
    expect(told).toEqual(['quote.received publish', 'decide route', 'route.decided publish', 'POST webhook']);
    expect(wayTo(spans, webhook).slice(0, 4)).toEqual(work);
    const calls = spans.filter(({ attributes }) => attributes['server.address'] !== undefined);
    expect(calls.length).toBeGreaterThanOrEqual(3);
    for (const call of calls) {
      const [, provider] = call.name.split(' ');
      expect(wayTo(spans, call)).toEqual([...work, `quote ${provider}`, call.name]);
      expect(call.attributes['http.response.status_code']).toBe(200);
    }
    expect(spans.filter(({ failed }) => failed)).toEqual([]);

    const named = linesOf(TRACE).map(({ msg, span_id }) => `${msg} by ${carriedBy(spans, span_id)}`);
    expect(named).toContain('router_decision by decide route');
    expect(named).toContain('webhook.attempted by POST webhook');
    expect(named).toContain('provider_quote_success by quote KROGER_API');
  }, 30_000);

  it('goes on at providers and receivers under the step that asked them, with the caller’s state', async () => {
    const trace = '1'.repeat(32);
    const { body } = await send(`00-${trace}-${CALLER}-01`, STATE);
    await api.outcome(body.id);
    const [webhook] = await receiver.waitFor(1);
    const spans = await collector.trace(trace, isTold);
    const asked = (await simulator.control.log()).filter(({ traceparent }) => traceparent?.includes(trace));
    expect(asked.length).toBeGreaterThanOrEqual(3);
    for (const { provider, traceparent } of asked)
      expect(carriedBy(spans, traceparent!.split('-')[2]!)).toMatch(new RegExp(`^(GET|POST|PUT) ${provider}$`));
    expect(new Set(asked.map(({ tracestate }) => tracestate))).toEqual(new Set([STATE]));
    expect(carriedBy(spans, webhook!.headers.traceparent!.split('-')[2]!)).toBe('POST webhook');
    expect(webhook!.headers.tracestate).toBe(STATE);
  }, 30_000);

  it('that its caller does not sample is recorded nowhere, and says so to everybody who is asked', async () => {
    const trace = '2'.repeat(32);
    const { body, headers } = await send(`00-${trace}-${CALLER}-00`, STATE);
    await api.outcome(body.id);
    const [webhook] = await receiver.waitFor(1);
    expect(webhook!.headers.traceparent).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`));
    const asked = (await simulator.control.log()).filter(({ traceparent }) => traceparent?.includes(trace));
    expect(asked.map(({ traceparent }) => traceparent!.slice(-3))).toEqual(asked.map(() => '-00'));
    expect([headers['x-request-id'], body.traceId]).toEqual([trace, trace]);
    // Longer than spans of the same moment take to arrive.
    expect(await collector.trace(trace, () => false, 1500)).toEqual([]);
  }, 30_000);

  it('names what failed, and ends with it', async () => {
    const trace = '3'.repeat(32);
    await simulator.control.setFault('WALMART_API', { mode: 'error500' });
    const { body } = await send(`00-${trace}-${CALLER}-01`, STATE);
    await api.outcome(body.id);
    const spans = await collector.trace(trace, isTold);
    const failed = spans.filter((span) => span.failed);
    expect(failed.map(({ name }) => name)).toEqual(['quote WALMART_API']);
  }, 30_000);
});

/** Node says each module that it looks for. */
const looksFor = async (env: Record<string, string>): Promise<string[]> => {
  const stores = await createStores();
  const one = new RoleProcess('all', { ...stores.env, NODE_DEBUG: 'module', ...env });
  try {
    await one.start();
    return one.log.filter((line) => line.includes('@opentelemetry/'));
  } finally {
    await one.stop();
    await stores.drop();
  }
};

describe('a process', () => {
  it('that is told of no collector loads nothing that records traces', async () => {
    expect(await looksFor({})).toEqual([]);
  }, 90_000);

  it('that is told of one does', async () => {
    const found = (await looksFor({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' })).join('\n');
    expect(found).toContain('@opentelemetry/sdk-trace-base');
    expect(found).not.toContain('@opentelemetry/exporter-zipkin');
  }, 90_000);
});
