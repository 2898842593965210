import { newId } from '../../src/common/ids.js';
import { EventBus } from '../../src/events/bus/event-bus.js';
import { directEvent } from '../../src/events/event.js';
import type { ProviderAnswer } from '../../src/modules/providers/provider.js';
import { RoutingService } from '../../src/modules/routing/routing.service.js';
import type { CreateRoute } from '../../src/modules/routing/routing.dto.js';
import { SCOPES, type TenantContext } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { rowsOf } from '../support/stores.js';

/** What one tenant sends and gets is nothing to another: both share batches, and a batch is refused as a whole. */
describe('two tenants', () => {
  let test: TestApp;
  let bad: Api;
  let good: Api;
  const contexts: TenantContext[] = [];

  beforeAll(async () => {
    test = await startApp({ LOOPGPT_RATE_LIMIT_PER_MINUTE: '1000000', LOOPGPT_MAX_OPEN_ROUTES_PER_TENANT: '5000' });
    const keys: string[] = [];
    for (const name of ['bad', 'good']) {
      const wanted = { tenantName: name, name, scopes: SCOPES, expiresInDays: null };
      const made = await test.app.get(TenantsService).createKey(wanted);
      contexts.push({ tenantId: made.tenantId, keyId: made.id, scopes: SCOPES });
      keys.push(made.key);
    }
    [bad, good] = keys.map((key) => new Api(test.url, key)) as [Api, Api];
  }, 60_000);
  afterAll(() => test?.close());
  afterEach(() => test.simulator.control.reset());

  it('of which one sends more work at once than is done in time: it is told so, and the other’s small carts are all accepted', async () => {
    const long = Array.from({ length: 200 }, (_, line) => ({ id: `line-${line}`, name: 'milk', quantity: 1 }));
    const flood = await Promise.all(
      Array.from({ length: 40 }, () => bad.post('/v1/routes', { ...CART, items: long, deadlineMs: 10_000 })),
    );
    const small = await Promise.all(
      Array.from({ length: 10 }, () => good.post('/v1/routes', { ...CART, items: CART.items.slice(0, 1) })),
    );
    const accepted = flood.filter(({ status }) => status === 202);
    console.log(`of 40 carts of 200 lines at once ${accepted.length} accepted`);
    expect(accepted.length).toBeGreaterThan(0);
    expect(accepted.length).toBeLessThan(10);
    expect(new Set(flood.map(({ status }) => status))).toEqual(new Set([202, 429]));
    expect(small.map(({ status }) => status)).toEqual(small.map(() => 202));
    await Promise.all(accepted.map(({ body }) => bad.post(`/v1/routes/${body.id}/cancel`, {})));
  }, 60_000);

  it('of which one sends texts that cannot be stored: every request of the other is accepted', async () => {
    const texts = ['a\u0000b', '\ud83e', 'x\udc00', '\u0007bell'];
    const statuses = { bad: [] as number[], good: [] as number[] };
    const send = async (who: 'bad' | 'good', api: Api, body: object) => {
      statuses[who].push((await api.post('/v1/routes', body)).status);
    };
    for (let round = 0; round < 5; round++) {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => [
          send('bad', bad, { ...CART, metadata: { k: texts[index % texts.length] } }),
          send('good', good, CART),
        ]).flat(),
      );
    }
    const accepted = statuses.good.filter((status) => status === 202).length;
    console.log(`beside a tenant of bad texts: ${accepted} of ${statuses.good.length} accepted`);
    expect([accepted, new Set(statuses.bad)]).toEqual([100, new Set([400])]);
  }, 60_000);

  it('of which one has rows that the store refuses: they fail alone', async () => {
    const routing = test.app.get(RoutingService);
    const cart = { ...CART, items: CART.items.map((item) => ({ ...item })) } as CreateRoute;
    // As if the border had let it pass.
    const asked = Array.from({ length: 90 }, (_, index) =>
      index % 3 === 0
        ? routing.request(contexts[0]!, { ...cart, metadata: { k: 'a\u0000b' } }, undefined, undefined)
        : routing.request(contexts[1]!, cart, `neighbour-${index}`, undefined),
    );
    const settled = await Promise.allSettled(asked);
    const fates = (isBad: boolean) =>
      new Set(settled.filter((_, index) => (index % 3 === 0) === isBad).map(({ status }) => status));
    expect([fates(true), fates(false)]).toEqual([new Set(['rejected']), new Set(['fulfilled'])]);
    console.log(
      `beside rows that the store refuses: ${settled.filter(({ status }) => status === 'fulfilled').length} of 60 accepted`,
    );
  }, 60_000);

  it("of which one's answers cannot be stored: they count as failed, and the other's decide in time", async () => {
    await test.simulator.control.setFault('*', { mode: 'hang' });
    const [spoilt, fine] = await Promise.all([
      bad.post('/v1/routes', { ...CART, quorum: 1, deadlineMs: 30_000 }),
      good.post('/v1/routes', { ...CART, quorum: 1, deadlineMs: 30_000 }),
    ]);
    const answer = (which: number, routeId: string, totalCents: number) =>
      directEvent(
        'quote.received',
        { tenantId: contexts[which]!.tenantId, subject: routeId, traceparent: '' },
        { routeId, answer: answerOf(totalCents) },
      );
    await test.app.get(EventBus).publish([answer(0, spoilt.body.id, 3_000_000_000), answer(1, fine.body.id, 500)]);
    const decided = await good.outcome(fine.body.id, 30);
    expect([decided.status, decided.outcome.rule]).toEqual(['fulfilled', 'quorum']);
    const failed = (await bad.get(`/v1/routes/${spoilt.body.id}`)).body.quotes;
    expect(failed).toContainEqual(
      expect.objectContaining({ providerId: 'MEALME', status: 'failed', reason: 'invalid_response' }),
    );
    expect(await rowsOf(test.stores.adminUrl, 'SELECT reason FROM dead_letters')).toEqual([]);
  }, 60_000);

  it('get quotes of providers whose texts are unfit, cleaned and in time', async () => {
    await test.simulator.control.setFault('*', { mode: 'unfit_text' });
    const route = await good.route({ ...CART, deadlineMs: 30_000 }, 40);
    expect(route.status).toBe('fulfilled');
    expect(route.outcome.rule).not.toBe('deadline');
    const names = Object.values(route.lines as Record<string, { productName: string }[]>)
      .flat()
      .map(({ productName }) => productName);
    expect(names.length).toBeGreaterThan(0);
    expect(names.join()).toMatch(/milk[^]*\ufffd/i);
    expect(await rowsOf(test.stores.adminUrl, 'SELECT reason FROM dead_letters')).toEqual([]);
  }, 60_000);
});

const answerOf = (totalCents: number): ProviderAnswer => ({
  providerId: 'MEALME',
  latencyMs: 1,
  calls: 1,
  result: {
    ok: true,
    offer: {
      kind: 'quote',
      status: 'complete',
      currency: 'USD',
      itemsCents: totalCents,
      feesCents: 0,
      taxCents: 0,
      deliveryCents: 0,
      totalCents,
      unknownParts: [],
      commissionCents: null,
      deliveryMinutes: null,
      lines: CART.items.map(({ id, name }) => ({
        lineId: id,
        status: 'matched',
        productId: id,
        productName: name,
        brand: null,
        packSize: null,
        packs: 1,
        unitPriceCents: 100,
        lineTotalCents: 100,
        confidence: 1,
        evidence: [],
        surplus: null,
        alternatives: [],
      })),
      store: null,
      handoffUrl: null,
      observedAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
      simulated: true,
      providerReference: newId('att'),
    },
  },
});
