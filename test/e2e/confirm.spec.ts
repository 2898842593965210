import type { Api, ApiResponse } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { Receiver } from '../support/receiver.js';
import { everyRow, rowsOf } from '../support/stores.js';

const DAY_MS = 86_400_000;
let keys = 0;

/** A decided cart handed over: asked again, agreed to, and once. */
describe('confirming a route', () => {
  let test: TestApp;
  let receiver: Receiver;

  beforeAll(async () => {
    test = await startApp();
    receiver = await Receiver.start();
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await receiver?.close();
  });
  afterEach(() => test.simulator.control.reset());

  const decided = async (api: Api = test.api, extra = {}) => api.route({ ...CART, ...extra });
  const confirm = (
    route: ApiResponse['body'],
    body: object = {},
    key = `confirm-${++keys}`,
    api: Api = test.api,
  ): Promise<ApiResponse> =>
    api.post(
      `/v1/routes/${route.id}/confirm`,
      { confirmationToken: route.confirmation.token, ...body },
      { 'idempotency-key': key },
    );
  const confirmations = (id: string) =>
    rowsOf<{ data: string; sequence: number }>(
      test.stores.adminUrl,
      `SELECT data, sequence FROM events WHERE subject = $1 AND name = 'route.confirmed'`,
      [id],
    );

  it('asks the winner again, gives its link, announces it, and says the same when asked again', async () => {
    const route = await decided(test.api, { webhook: { url: receiver.url } });
    await test.simulator.control.reset();
    const first = await confirm(route, {}, 'the-key');
    expect(first.status).toBe(200);
    const { winner } = route.outcome;
    expect(first.body).toMatchObject({
      routeId: route.id,
      providerId: winner.providerId,
      kind: 'link',
      handoffUrl: expect.stringMatching(/^https:/),
      decidedTotalCents: winner.totalCents,
      totalCents: winner.totalCents,
      missing: [],
      simulated: true,
    });
    const asked = new Set((await test.simulator.control.log()).map(({ provider }) => provider));
    expect([...asked]).toEqual([winner.providerId]);

    const again = await confirm(route, {}, 'the-key');
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([200, 'true']);
    expect(again.body).toEqual(first.body);
    expect((await test.api.get(`/v1/routes/${route.id}/confirmation`)).body).toEqual(first.body);
    const [event, ...more] = await confirmations(route.id);
    expect(more).toEqual([]);
    expect(event!.sequence).toBe(2);
    expect(JSON.parse(event!.data)).toMatchObject({ id: route.id, status: 'fulfilled', confirmation: first.body });
    await receiver.waitFor(2);
    const told = receiver.received.map(({ body }) => JSON.parse(body).type).sort();
    expect(told).toEqual(['route.confirmed', 'route.decided']);

    const otherKey = await confirm(route);
    expect([otherKey.status, otherKey.body.code]).toEqual([409, 'route_already_confirmed']);
    const otherBody = await confirm(route, { acceptTotalCents: 1 }, 'the-key');
    expect([otherBody.status, otherBody.body.code]).toEqual([422, 'idempotency_reused']);
    // I13: the token is an answer to those who may use it, and in nothing that is kept or sent.
    const kept = (await everyRow(test.stores.adminUrl)) + receiver.received.map(({ body }) => body).join('\n');
    expect(kept).toContain(route.id);
    expect(kept).not.toContain(route.confirmation.token);
  }, 60_000);

  it('happens once, however many ask at once and wherever', async () => {
    const second = await test.another();
    const route = await decided();
    await test.simulator.control.reset();
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        confirm(route, {}, index % 3 ? 'shared' : `own-${index}`, index % 2 ? second.api : test.api),
      ),
    );
    const good = answers.filter(({ status }) => status === 200);
    expect(good.length).toBeGreaterThanOrEqual(1);
    for (const { body } of good) expect(body).toEqual(good[0]!.body);
    const codes = new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code));
    for (const code of codes) expect(['confirmation_in_flight', 'route_already_confirmed']).toContain(code);
    expect(await confirmations(route.id)).toHaveLength(1);
    // Only the one that had the route asked: a search for each line, and no more.
    const searches = (await test.simulator.control.log()).filter(({ kind }) => kind === 'data');
    expect(searches.length).toBeLessThanOrEqual(CART.items.length);
    await test.closeOthers();
  }, 60_000);

  it('says so when the price has moved, agrees to what the caller accepts, and nothing dearer', async () => {
    const route = await decided();
    let changed: ApiResponse | undefined;
    for (let day = 0; day < 40 && changed?.status !== 409; day++) {
      await test.simulator.control.advance(DAY_MS);
      const probe = await decided();
      const quote = probe.quotes.find(
        (one: { providerId: string }) => one.providerId === route.outcome.winner.providerId,
      );
      if (quote.totalCents > route.outcome.winner.totalCents * 1.02) changed = await confirm(route);
    }
    expect([changed?.status, changed?.body.code]).toEqual([409, 'quote_changed']);
    const { totalCents } = changed!.body.present;
    expect(totalCents).toBeGreaterThan(route.outcome.winner.totalCents);
    expect(await confirmations(route.id)).toEqual([]);
    expect((await confirm(route, { acceptTotalCents: totalCents - 1 })).body.code).toBe('quote_changed');
    const agreed = await confirm(route, { acceptTotalCents: totalCents });
    expect(agreed.body).toMatchObject({ totalCents, decidedTotalCents: route.outcome.winner.totalCents });
  }, 120_000);

  it('confirms nothing while the provider gives no price, and may be asked again', async () => {
    const route = await decided();
    await test.simulator.control.setFault('*', { mode: 'error500' });
    const refused = await confirm(route, {}, 'patient');
    expect([refused.status, refused.body.code]).toEqual([503, 'quote_unavailable']);
    await test.simulator.control.reset();
    expect((await confirm(route, {}, 'patient')).status).toBe(200);
    expect(await confirmations(route.id)).toHaveLength(1);
  }, 60_000);

  it('puts an order request on record where the provider has no link', async () => {
    const only = await test.another({ LOOPGPT_ENABLE_KROGER: 'false', LOOPGPT_ENABLE_WALMART: 'false' });
    const route = await decided(only.api);
    const { body } = await confirm(route);
    expect(body).toMatchObject({ providerId: 'MEALME', kind: 'order_request', handoffUrl: null });
    await test.closeOthers();
  }, 60_000);

  it('is refused without its own token, after 15 minutes, without a key, and where nothing was won', async () => {
    const [route, other] = [await decided(), await decided()];
    const codeOf = async (answer: Promise<ApiResponse>) => (await answer).body.code as string;
    const foreign = { confirmationToken: other.confirmation.token };
    expect(await codeOf(confirm(route, foreign))).toBe('confirmation_token_invalid');
    const keyless = test.api.post(`/v1/routes/${route.id}/confirm`, foreign);
    expect(await codeOf(keyless)).toBe('idempotency_key_missing');
    await rowsOf(
      test.stores.adminUrl,
      `UPDATE routes SET closed_at = closed_at - interval '15 minutes' WHERE id = $1`,
      [route.id],
    );
    expect(await codeOf(confirm(route))).toBe('confirmation_token_invalid');
    const later = (await test.api.get(`/v1/routes/${route.id}`)).body;
    expect(Date.parse(later.confirmation.expiresAt)).toBeLessThan(Date.now());
    expect(await codeOf(confirm(later))).toBe('confirmation_token_expired');
    expect(await codeOf(test.api.get(`/v1/routes/${route.id}/confirmation`))).toBe('confirmation_not_found');

    await test.simulator.control.setFault('*', { mode: 'error500' });
    const failed = await decided();
    expect(failed.confirmation).toBeNull();
    expect(await codeOf(confirm({ ...failed, confirmation: { token: 'x'.repeat(43) } }))).toBe('route_without_winner');
  }, 60_000);

  it('takes the token of the former synchronous call', async () => {
    const { body } = await test.api.post('/functions/v1/loopgpt_route_order', CART);
    const confirmed = await confirm({ id: body.requestId, confirmation: { token: body.confirmationToken } });
    expect(confirmed.body).toMatchObject({ providerId: body.selectedProvider.id, totalCents: body.quote.totalCents });
  }, 60_000);
});
