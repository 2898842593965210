import { request } from 'undici';
import { startSimulator, type Simulator } from '../../simulator/main.js';
import { mealme } from '../../src/modules/providers/mealme/mealme.card.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { RoleProcess } from '../support/processes.js';
import { createStores, type Stores } from '../support/stores.js';

const split = process.env.TEST_SPLIT_ROLES === 'true';
const WRONG = 'canary-expired-5f1c';
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
    const end = Date.now() + 8000;
    while ((await cardOfMealme()).healthy !== healthy) {
      if (Date.now() > end) throw new Error(`not ${healthy ? 'healthy' : 'unhealthy'} within 8 s`);
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
