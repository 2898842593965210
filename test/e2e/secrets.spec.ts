import { Redis } from 'ioredis';
import { Kafka, logLevel } from 'kafkajs';
import { request } from 'undici';
import { startSimulator, type Simulator } from '../../simulator/main.js';
import { TOPICS } from '../../src/events/catalogue.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { HOUSEHOLD } from '../support/household.js';
import { RoleProcess } from '../support/processes.js';
import { Receiver } from '../support/receiver.js';
import { createStores, everyRow, type Stores } from '../support/stores.js';

const canary = (name: string) => `canary${name}${'x9'.repeat(12)}`;
const WEBHOOK_SECRET = `whsec_${Buffer.from(canary('webhook')).toString('base64')}`;
const SECRETS: Record<string, string> = {
  KROGER_CLIENT_SECRET: canary('kroger'),
  MEALME_API_KEY: canary('mealme'),
  INSTACART_API_KEY: canary('instacart'),
  SALLING_GROUP_API_KEY: canary('salling'),
  ANTHROPIC_API_KEY: canary('anthropic'),
  SPOTIFY_CLIENT_SECRET: canary('spotify'),
  LOOPGPT_SECRET_KEY: Buffer.from(canary('key').slice(0, 32)).toString('base64'),
  LOOPGPT_ADMIN_PASSWORD: canary('admin'),
};

/** I13: planted canaries occur in no log line, row, job, record, error or page. The simulator refuses the planted credentials. */
describe('secrets', () => {
  let stores: Stores;
  let simulator: Simulator;
  let receiver: Receiver;
  let process_: RoleProcess;

  beforeAll(async () => {
    stores = await createStores();
    simulator = await startSimulator({ port: 0, seed: 3, latency: { medianMs: 5, p99Ms: 20 } });
    receiver = await Receiver.start();
    receiver.answer = (_call, _request, response) => response.writeHead(500).end('no');
    process_ = await new RoleProcess('all', {
      ...stores.env,
      ...SECRETS,
      KROGER_CLIENT_ID: 'canary-client',
      LOG_LEVEL: 'trace',
      LOOPGPT_SIMULATOR_URL: simulator.url,
      ANTHROPIC_BASE_URL: `${simulator.url}/anthropic`,
      SPOTIFY_CLIENT_ID: 'canary-listener',
      SPOTIFY_ACCOUNTS_BASE_URL: `${simulator.url}/spotify`,
      SPOTIFY_BASE_URL: `${simulator.url}/spotify`,
      LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true',
    }).start();
  }, 60_000);
  afterAll(async () => {
    await process_?.stop();
    await Promise.all([simulator?.close(), receiver?.close()]);
    await stores?.drop();
  }, 30_000);

  it('stay out of logs, rows, jobs, records, errors and pages', async () => {
    const api = new Api(process_.url);
    const endpoint = await api.post('/v1/webhook-endpoints', { url: receiver.url });
    expect(endpoint.status).toBe(201);
    const webhook = { url: receiver.url, secret: WEBHOOK_SECRET };
    const accepted = await api.post('/v1/routes', { ...CART, deadlineMs: 3000, webhook });
    const route = await api.outcome(accepted.body.id);
    await receiver.waitFor(2);
    const plan = await api.post('/v1/plans', HOUSEHOLD);
    const key = `lgc_live_abcdefghijkl_${canary('apikey')}`;
    const login = {
      authorization: `Basic ${Buffer.from(`admin:${SECRETS.LOOPGPT_ADMIN_PASSWORD}`).toString('base64')}`,
    };
    const { token } = (await api.post(`/v1/routes/${route.id}/token`)).body as { token: string };
    await new Api(process_.url).get(`/v1/routes/${route.id}/events?after=1&token=${token}`);
    await new Api(process_.url).get(`/v1/routes?token=${token}`);
    const answers = [
      route,
      (await api.get(`/v1/plans/${plan.body.id}`, { prefer: 'wait=20' })).body,
      (await api.get('/v1/offers?postalCode=8000')).body,
      (await api.get(`/v1/routes/${route.id}/timeline`)).body,
      (await api.get('/v1/deliveries')).body,
      (await api.get('/v1/webhook-endpoints')).body,
      (await api.get('/v1/providers')).body,
      (await new Api(process_.url, key).get('/v1/routes')).body,
      (await api.post('/v1/routes', `{"items": "${canary('apikey')}`)).body,
    ];
    const pages = await Promise.all(
      [
        '/metrics',
        '/health/ready',
        '/docs-json',
        '/asyncapi.json',
        '/.well-known/jwks.json',
        '/admin/v1/settings',
        '/admin/v1/dead-letters',
        '/admin/queues/api/queues?activeQueue=quotes&status=completed&page=1',
      ].map(async (path) => (await request(process_.url + path, { headers: login })).body.text()),
    );
    const places: Record<string, string> = {
      log: process_.log.join('\n'),
      answers: JSON.stringify(answers),
      pages: pages.join('\n'),
      rows: await everyRow(stores.adminUrl),
      ...(stores.env.REDIS_URL && { queue: await everyKey(stores) }),
      ...(stores.env.KAFKA_BROKERS && { records: await everyRecord(stores) }),
    };
    expect(places.log!.length).toBeGreaterThan(500);
    for (const [place, text] of Object.entries(places)) {
      if (place !== 'pages') expect([place, text.includes(route.id)]).toEqual([place, true]);
    }
    const planted = {
      ...SECRETS,
      webhook: WEBHOOK_SECRET,
      webhookRaw: canary('webhook'),
      apiKey: canary('apikey'),
      endpointSecret: endpoint.body.secret as string,
      token,
    };
    const found = Object.entries(places).flatMap(([place, text]) =>
      Object.entries(planted)
        .filter(([, secret]) => text.includes(secret))
        .map(([name]) => `${name} in ${place}`),
    );
    expect(found).toEqual([]);
  }, 60_000);
});

/** What Redis holds, read by type: a DUMP is compressed, and a secret in it could not be seen. */
async function everyKey(stores: Stores): Promise<string> {
  const redis = new Redis(stores.env.REDIS_URL!);
  const read: Record<string, (key: string) => Promise<unknown>> = {
    hash: (key) => redis.hgetall(key),
    list: (key) => redis.lrange(key, 0, -1),
    set: (key) => redis.smembers(key),
    stream: (key) => redis.xrange(key, '-', '+'),
    string: (key) => redis.get(key),
    zset: (key) => redis.zrange(key, '0', '-1'),
  };
  const keys = await redis.keys(`${stores.env.LOOPGPT_REDIS_PREFIX}*`);
  const values = await Promise.all(keys.map(async (key) => [key, await read[await redis.type(key)]!(key)]));
  redis.disconnect();
  return JSON.stringify(values);
}

async function everyRecord(stores: Stores): Promise<string> {
  const kafka = new Kafka({ brokers: stores.env.KAFKA_BROKERS!.split(','), logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `${stores.env.LOOPGPT_KAFKA_PREFIX}canary` });
  const texts: string[] = [];
  await consumer.connect();
  const topics = TOPICS.map((topic) => stores.env.LOOPGPT_KAFKA_PREFIX + topic);
  await consumer.subscribe({ topics, fromBeginning: true });
  const admin = kafka.admin();
  await admin.connect();
  const ends = (await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)))).flat();
  await admin.disconnect();
  const there = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  await consumer.run({
    eachMessage: async ({ message }) =>
      void texts.push(`${message.value?.toString()} ${JSON.stringify(message.headers)}`),
  });
  for (let wait = 0; wait < 300 && texts.length < there; wait++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  await consumer.disconnect();
  if (there < 5 || texts.length < there) throw new Error(`only ${texts.length} of ${there} records to search`);
  return texts.join('\n');
}
