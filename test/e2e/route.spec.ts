import { verifyWebhook, type ListRoutes } from '../../sdk/client.js';
import { RetentionRepository } from '../../src/modules/ops/retention.repository.js';
import { CART } from '../support/cart.js';
import { HOUSEHOLD } from '../support/household.js';
import { rowsOf } from '../support/stores.js';
import { startApp, type TestApp } from '../support/app.js';
import { Receiver } from '../support/receiver.js';

describe('a cart goes all the way', () => {
  let test: TestApp;
  let receiver: Receiver;

  beforeAll(async () => {
    [test, receiver] = await Promise.all([startApp(), Receiver.start()]);
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await receiver?.close();
  });
  beforeEach(() => {
    receiver.received.length = 0;
  });

  it('accepts at once, decides among real quotes and says why', async () => {
    const accepted = await test.api.post('/v1/routes', { ...CART, reference: 'order-1', metadata: { source: 'test' } });
    expect(accepted.status).toBe(202);
    expect(accepted.headers.location).toBe(`/v1/routes/${accepted.body.id}`);
    expect(accepted.headers['retry-after']).toBe('1');

    const route = await test.api.outcome(accepted.body.id);
    expect(route.status).toBe('fulfilled');
    const { outcome } = route;
    expect(outcome.winner.totalCents).toBeGreaterThan(0);
    expect(outcome.explanation).toContain(outcome.winner.providerName);
    const shares = Object.values(outcome.winner.factors as Record<string, { contribution: number }>);
    const sum = shares.reduce((total, share) => total + share.contribution, outcome.winner.boost);
    expect(sum).toBeCloseTo(outcome.winner.score, 4);
    expect(outcome.counted.length).toBeGreaterThanOrEqual(2);
    expect(route.quotes.every((quote: { simulated: boolean | null }) => quote.simulated !== false)).toBe(true);
  });

  it('offers Instacart as a hand-off and never as a winner', async () => {
    const route = await test.api.route({ ...CART, quorum: 3, deadlineMs: 5000 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const later = await test.api.client.routes.get(route.id);
    const link = later.quotes.find(({ providerId }) => providerId === 'INSTACART');
    expect(link).toMatchObject({ status: 'link', totalCents: null });
    const ranked = [route.outcome.winner, ...route.outcome.fallbacks].map(
      (quote: { providerId: string }) => quote.providerId,
    );
    expect(ranked).not.toContain('INSTACART');
  });

  it('delivers the outcome by a webhook that verifies, and GET is never older than it', async () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const { id } = await test.api.client.routes.create({ ...CART, webhook: { url: receiver.url, secret } });
    const [hook] = await receiver.waitFor(1);
    expect((await test.api.client.routes.get(id)).status).not.toBe('open');

    const event = verifyWebhook(secret, hook!.body, hook!.headers);
    expect(event).toMatchObject({ type: 'route.decided', subject: id, data: { id } });
    expect(hook!.headers['webhook-id']).toMatch(/^evt_/);
  });

  it('answers Prefer: wait on POST with the outcome, and says so', async () => {
    const answer = await test.api.post('/v1/routes', CART, { prefer: 'wait=10' });
    expect(answer.status).toBe(200);
    expect(answer.headers['preference-applied']).toBe('wait=10');
    expect(answer.body.outcome.winner).not.toBeNull();
  });

  it('answers 304 to a caller who has the present version', async () => {
    const route = await test.api.route(CART);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const first = await test.api.get(`/v1/routes/${route.id}`);
    const second = await test.api.get(`/v1/routes/${route.id}`, { 'if-none-match': first.headers.etag! });
    expect(second.status).toBe(304);
    expect(second.body).toBe('');
  });

  it('lists newest first, page by page, and by the caller’s own reference', async () => {
    const reference = `list-${Date.now()}`;
    const { routes } = test.api.client;
    const ids: string[] = [];
    for (let index = 0; index < 3; index++) ids.unshift((await routes.create({ ...CART, reference })).id);
    const first = await routes.list({ reference, limit: 2 });
    expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const second = await routes.list({ reference, limit: 2, cursor: first.nextCursor! });
    expect(second.data.map(({ id }) => id)).toEqual(ids.slice(2));
    expect(second.nextCursor).toBeNull();
  });

  it('finds routes by whom they chose and what was in them, a thousand looked at for each page', async () => {
    const items = [{ id: 'sku-9', name: 'Ripe Plantains', quantity: 2, unit: 'each' }];
    const route = await test.api.route({ ...CART, items: [...CART.items, ...items] });
    const winner = route.outcome!.winner!.providerId;
    const found = async (query: ListRoutes) => (await test.api.client.routes.list(query)).data.map(({ id }) => id);
    for (const item of ['sku-9', 'plantain']) expect(await found({ item })).toEqual([route.id]);
    expect(await found({ item: 'plantain', selectedProvider: winner })).toEqual([route.id]);
    expect(await found({ item: 'plantain', selectedProvider: 'INSTACART' })).toEqual([]);
    await rowsOf(
      test.stores.adminUrl,
      `INSERT INTO routes (id, tenant_id, status, request, policy, traceparent, deadline_at, closed_at)
       SELECT 'req_7ZZZZZZZZZ' || lpad(n::text, 16, '0'), tenant_id, 'cancelled', '{"items":[]}', policy, traceparent, now(), now()
       FROM routes, generate_series(1, 1100) n WHERE id = $1`,
      [route.id],
    );
    const empty = await test.api.client.routes.list({ item: 'plantain' });
    expect(empty.data).toEqual([]);
    expect(await found({ item: 'plantain', cursor: empty.nextCursor! })).toEqual([route.id]);
    await rowsOf(test.stores.adminUrl, `DELETE FROM routes WHERE id LIKE 'req_7ZZZZZZZZZ%'`);
  });

  it('carries one trace id from the request to the providers, the record and the webhook, each under a span of its own', async () => {
    await test.simulator.control.reset();
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const body = { ...CART, webhook: { url: receiver.url } };
    const accepted = await test.api.post('/v1/routes', body, { traceparent: `00-${traceId}-00f067aa0ba902b7-00` });
    const [hook] = await receiver.waitFor(1);
    expect(accepted.body.traceId).toBe(traceId);
    expect(JSON.parse(hook!.body).data.traceId).toBe(traceId);
    const calls = (await test.simulator.control.log()).map(({ traceparent }) => traceparent!);
    const spans = [...calls, hook!.headers.traceparent!];
    for (const span of spans) expect(span).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
    expect(calls.length).toBeGreaterThan(2);
    expect(new Set([...spans, accepted.headers.traceparent]).size).toBe(spans.length + 1);
  });

  it('forgets what is old with all that is its own, and nothing that somebody waits for', async () => {
    const ownHook = { ...CART, webhook: { url: receiver.url } };
    const old = await test.api.route(ownHook);
    await receiver.waitFor(1);
    expect((await test.api.get(`/v1/routes/${old.id}/record`)).status).toBe(200);
    const plan = await test.api.post('/v1/plans', HOUSEHOLD);
    await test.api.get(`/v1/plans/${plan.body.id}`, { prefer: 'wait=20' });
    receiver.answer = (_call, _request, response) => response.writeHead(500).end();
    const owed = await test.api.route(ownHook);
    await receiver.waitFor(2);
    await test.simulator.control.setFault('*', { mode: 'slow', ms: 3000 });
    const open = (await test.api.post('/v1/routes', CART)).body.id as string;
    await new Promise((resolve) => setTimeout(resolve, 300)); // until all events are on the bus

    const retention = test.app.get(RetentionRepository, { strict: false });
    while (await retention.forget(-1));
    const left = (table: string) => rowsOf(test.stores.adminUrl, `SELECT * FROM ${table}`);
    expect(await left('routes')).toMatchObject([{ id: open, status: 'open' }]);
    expect(await left('webhook_deliveries')).toMatchObject([{ status: 'pending' }]);
    expect(await left('webhook_messages')).toMatchObject([{ subject: owed.id }]);
    expect(await left('webhook_endpoints')).toHaveLength(1);
    expect(await left(`quotes WHERE route_id <> '${open}'`)).toEqual([]);
    for (const table of ['decision_records', 'events', 'meal_plans', 'plan_generation_logs'])
      expect([table, await left(table)]).toEqual([table, []]);
    for (const path of [`/v1/routes/${old.id}`, `/v1/routes/${old.id}/events`, `/v1/plans/${plan.body.id}`])
      expect((await test.api.get(path)).status).toBe(404);
    await test.simulator.control.reset();
    expect((await test.api.outcome(open)).status).toBe('fulfilled');
  }, 60_000);
});
