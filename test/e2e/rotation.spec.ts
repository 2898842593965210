import { request } from 'undici';
import { startSimulator, type Simulator } from '../../simulator/main.js';
import { mealme } from '../../src/modules/providers/mealme/mealme.card.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { RoleProcess } from '../support/processes.js';
import { createStores, type Stores } from '../support/stores.js';

const split = process.env.TEST_SPLIT_ROLES === 'true';
const WRONG = 'canary-expired-5f1c';
const UNKNOWN = 'canary-unknown-8d02';
const RIGHT = mealme.simulatedCredentials.apiKey;

/** The provider's own host stands in its simulator's place, so what is judged are the operator's credentials. */
describe('a credential that the provider refuses', () => {
  let stores: Stores;
  let simulator: Simulator;
  let processes: RoleProcess[] = [];
  let api: Api;

  beforeAll(async () => {
    stores = await createStores();
    simulator = await startSimulator({ port: 0, seed: 4, latency: { medianMs: 5, p99Ms: 20 } });
    const env = {
      ...stores.env,
      LOOPGPT_SIMULATOR_URL: simulator.url,
      MEALME_BASE_URL: `${simulator.url}/mealme`,
      MEALME_API_KEY: WRONG,
      LOOPGPT_MEALME_MOCK: 'false',
    };
    const roles = split ? ['api', 'quotes', 'aggregator,notifier'] : ['all'];
    for (const one of roles) processes.push(await new RoleProcess(one, env).start());
    api = new Api(processes[0]!.url);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.stop()));
    await simulator?.close();
    await stores?.drop();
  }, 60_000);

  const log = () => processes.flatMap((one) => one.log).join('\n');
  const cardOfMealme = async () => {
    const { body } = await api.get('/v1/providers');
    return (body as { data: { id: string; healthy: boolean; simulated: boolean }[] }).data.find(
      ({ id }) => id === 'MEALME',
    )!;
  };
  async function untilHealthy(healthy: boolean): Promise<void> {
    const end = Date.now() + 20_000;
    while ((await cardOfMealme()).healthy !== healthy) {
      if (Date.now() > end) throw new Error(`not ${healthy ? 'healthy' : 'unhealthy'} within 20 s`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  const mealmeIn = (route: {
    quotes: { providerId: string; status: string; reason: string | null; detail: string }[];
  }) => route.quotes.find(({ providerId }) => providerId === 'MEALME');

  it('is told by its name, alarms, and is replaced under load without a failed route', async () => {
    const routes: { status: string }[] = [];
    let isOver = false;
    const load = Array.from({ length: 3 }, async () => {
      while (!isOver) routes.push(await api.route(CART));
    });
    await untilHealthy(false);
    expect((await cardOfMealme()).simulated).toBe(false);
    const refused = await api.route({ ...CART, quorum: 3, deadlineMs: 4000 });
    expect(mealmeIn(refused)).toMatchObject({
      status: 'failed',
      reason: 'unauthorized',
      detail: expect.stringMatching(/^Unauthorized: /),
    });

    const settings = await api.get('/admin/v1/settings');
    const rotated = await api.send(
      'PATCH',
      '/admin/v1/settings',
      { changes: { MEALME_API_KEY: RIGHT }, why: 'the old key has expired' },
      { 'if-match': `"${settings.body.version}"` },
    );
    expect(rotated.status).toBe(200);
    await untilHealthy(true);
    const [metrics] = await Promise.all(
      processes.map(async ({ url }) => (await request(`${url}/metrics`)).body.text()),
    ).then((texts) => [texts.join('\n')]);
    isOver = true;
    await Promise.all(load);

    // The process that asks may read the new key up to five seconds after the one that was told of it.
    const inForce = Date.now() + 6000;
    let answered = mealmeIn(await api.route({ ...CART, quorum: 3 }));
    while (answered?.status === 'failed' && Date.now() < inForce)
      answered = mealmeIn(await api.route({ ...CART, quorum: 3 }));
    expect(answered).toMatchObject({ status: expect.stringMatching(/complete|partial/) });
    expect(metrics).toMatch(/loopgpt_provider_unauthorized_total\{provider="MEALME"\} [1-9]/);
    expect(routes.length).toBeGreaterThan(5);
    expect(routes.filter(({ status }) => status !== 'fulfilled')).toEqual([]);
    const lines = log()
      .split('\n')
      .filter((line) => line.includes('provider_quote_error') && line.includes('MEALME'));
    expect(lines.some((line) => line.includes('Unauthorized'))).toBe(true);
    expect(log()).not.toContain(WRONG);
    expect(log()).not.toContain(RIGHT);
  }, 90_000);

  it('is no loss while the one before is kept, which is told, until the new one holds', async () => {
    const change = async (changes: Record<string, string | null>) => {
      const { headers } = await api.get('/admin/v1/settings');
      const body = { changes, why: 'a rotation', untried: true };
      const answer = await api.send('PATCH', '/admin/v1/settings', body, { 'if-match': headers.etag! });
      expect(answer.status).toBe(200);
      return answer.body as { set: Record<string, string> };
    };
    const credential = async (id: string) =>
      (await api.get('/admin/v1/credentials')).body.data.find(({ sourceId }: { sourceId: string }) => sourceId === id);
    const fellBack = async () => {
      const pages = await Promise.all(processes.map(async ({ url }) => (await request(`${url}/metrics`)).body.text()));
      const line = /^loopgpt_provider_previous_credentials_total\{provider="MEALME"\} (\d+)/m;
      return pages.reduce((sum, page) => sum + Number(line.exec(page)?.[1] ?? 0), 0);
    };
    await change({ MEALME_API_KEY: RIGHT, MEALME_API_KEY_PREVIOUS: null });
    await untilHealthy(true);
    expect(await fellBack()).toBe(0);
    const { set } = await change({ MEALME_API_KEY: UNKNOWN });
    expect(set).toMatchObject({ MEALME_API_KEY: '(secret)', MEALME_API_KEY_PREVIOUS: '(secret)' });
    const end = Date.now() + 20_000;
    while ((await fellBack()) === 0 && Date.now() < end) {
      // Another address each time: what was quoted before is not asked for again.
      const address = { ...CART.shippingAddress, street: `${Date.now()} Elm St` };
      const route = await api.route({ ...CART, shippingAddress: address, quorum: 3 });
      expect(mealmeIn(route)).toMatchObject({ status: expect.stringMatching(/complete|partial/) });
    }
    expect(await fellBack()).toBeGreaterThan(0);
    expect((await cardOfMealme()).healthy).toBe(true);
    const used = await credential('MEALME');
    expect(Date.now() - Date.parse(used.lastRefusedAt)).toBeLessThan(60_000);
    expect(Date.now() - Date.parse(used.previousLastUsedAt)).toBeLessThan(60_000);
    expect(log().includes('provider_credentials_refused')).toBe(true);
    expect(log()).not.toContain(UNKNOWN);
    expect(log()).not.toContain(RIGHT);
    // Withdrawn here: then it is refused for all to see.
    await change({ MEALME_API_KEY_PREVIOUS: null });
    await untilHealthy(false);
    expect((await credential('MEALME')).previousLastUsedAt).toBeNull();
    await change({ MEALME_API_KEY: RIGHT, MEALME_API_KEY_PREVIOUS: null });
    await untilHealthy(true);
    expect((await credential('MEALME')).lastRefusedAt).toBeNull();
  }, 90_000);

  it('of a source of offers is told too, and the offers come once it is right', async () => {
    const offers = await api.get('/v1/offers?postalCode=8000');
    expect(offers.status).toBe(200);
    expect(offers.body).toMatchObject({ simulated: true, failed: [] });
    expect(offers.body.data[0]).toMatchObject({ sourceId: 'SALLING', currency: 'DKK' });
    await simulator.control.setFault('SALLING', { mode: 'status401' });
    const elsewhere = await api.get('/v1/offers?latitude=55.68&longitude=12.58&radiusKm=3');
    expect(elsewhere.body).toMatchObject({ status: 503, code: 'offers_unavailable' });
    expect(elsewhere.body.errors[0].detail).toMatch(/^Unauthorized/);
    // Where something was seen before, that stands in, and says so.
    const stale = await api.get('/v1/offers?latitude=56.15&longitude=10.2&radiusKm=3');
    expect(stale.body.data[0]).toMatchObject({ isStale: true, sourceId: 'SALLING' });
    expect(stale.body.failed[0].detail).toMatch(/^Unauthorized/);
    await simulator.control.setFault('SALLING', null);
    const fresh = await api.get('/v1/offers?latitude=56.15&longitude=10.2&radiusKm=3');
    expect(fresh.body.data[0]).toMatchObject({ isStale: false });
    expect((await api.get('/v1/offers?postalCode=45202')).body).toMatchObject({
      status: 422,
      code: 'offers_place_unread',
      retryable: false,
    });
    expect((await api.get('/v1/offers')).body).toMatchObject({ status: 400, code: 'request_invalid' });
    expect((await api.get('/v1/offers?postalCode=8000&latitude=1&longitude=1')).status).toBe(400);
  });
});
