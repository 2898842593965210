import net from 'node:net';
import { Kafka, logLevel } from 'kafkajs';
import { TOPICS } from '../../src/events/catalogue.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { startChaosProxy, type ChaosProxy } from '../support/chaos-proxy.js';
import { checkLedger } from '../support/ledger.js';
import { Receiver } from '../support/receiver.js';

const brokers = process.env.TEST_KAFKA_BROKERS;
const ROUTES = 12;

/** What a broker can do to us while everything else goes on. Needs a real one. */
(brokers ? describe : describe.skip)('bad luck with the broker', () => {
  let test: TestApp;
  let receiver: Receiver;
  let proxy: ChaosProxy | undefined;

  beforeEach(async () => {
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    await test?.close();
    await proxy?.close();
    await receiver.close();
    proxy = undefined;
    jest.restoreAllMocks();
  }, 60_000);

  const accept = async (count: number): Promise<string[]> => {
    const body = { ...CART, webhook: { url: receiver.url } };
    const answers = await Promise.all(Array.from({ length: count }, () => test.api.post('/v1/routes', body)));
    return answers.map(({ status, body: { id } }) => {
      expect(status).toBe(202);
      return id as string;
    });
  };
  const toldOf = (): Set<string> =>
    new Set(receiver.received.map(({ body }) => (JSON.parse(body) as { subject: string }).subject));
  const allToldOf = async (ids: readonly string[], withinMs: number): Promise<void> => {
    const until = Date.now() + withinMs;
    while (ids.some((id) => !toldOf().has(id)) && Date.now() < until) await new Promise((r) => setTimeout(r, 50));
    expect(ids.filter((id) => !toldOf().has(id))).toEqual([]);
  };
  const warm = () => test.api.route(CART);

  it('makes its topics again when they are deleted under way, and every webhook leaves without a restart', async () => {
    test = await startApp();
    await warm();
    const before = await accept(ROUTES);
    const admin = new Kafka({ brokers: brokers!.split(','), logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: TOPICS.map((topic) => test.stores.env.LOOPGPT_KAFKA_PREFIX + topic) });
    await admin.disconnect();
    const after = await accept(ROUTES);
    await allToldOf([...before, ...after], 20_000);
    // Those who listen are well, too: nothing that comes now waits.
    const [last] = await accept(1);
    await allToldOf([last!], 3000);
    expect((await test.api.get('/health/ready')).body.checks.bus.ok).toBe(true);
  }, 90_000);

  it('is not ready while a topic is missing, and makes it though nobody publishes', async () => {
    test = await startApp();
    await warm();
    const admin = new Kafka({ brokers: brokers!.split(','), logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [`${test.stores.env.LOOPGPT_KAFKA_PREFIX}plans.v1`] });
    const unready = await test.api.get('/health/ready');
    expect(unready.status).toBe(503);
    expect(unready.body.checks.bus.detail).toBe('no topic plans.v1');
    const until = Date.now() + 10_000;
    while ((await test.api.get('/health/ready')).status !== 200 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect((await test.api.get('/health/ready')).status).toBe(200);
    await admin.disconnect();
  }, 60_000);

  it('leaves connections that neither answer nor end, and every webhook leaves within seconds', async () => {
    const [host, port] = brokers!.split(',')[0]!.split(':') as [string, string];
    proxy = await startChaosProxy({ host, port: Number(port) });
    const connect = net.connect;
    // The broker names its own address to its clients, so theirs are led through the proxy where they are opened.
    jest
      .spyOn(net, 'connect')
      .mockImplementation(((wanted: { port: number }, ...rest: [() => void]) =>
        connect(
          (wanted.port === Number(port) && rest.length > 0
            ? { ...wanted, port: proxy!.port }
            : wanted) as net.NetConnectOpts,
          ...rest,
        )) as typeof net.connect);
    test = await startApp();
    await warm();
    proxy.silence();
    proxy.mend();
    const ids = await accept(ROUTES);
    await allToldOf(ids, 20_000);
  }, 60_000);

  it('decides every route by its deadline while members join and leave the aggregators’ group each second', async () => {
    test = await startApp();
    await warm();
    const prefix = test.stores.env.LOOPGPT_KAFKA_PREFIX!;
    const kafka = new Kafka({ brokers: brokers!.split(','), logLevel: logLevel.NOTHING });
    let isOver = false;
    let joined = 0;
    const storm = async () => {
      while (!isOver) {
        // It takes part of the records and handles none; what it has not committed comes again to who stays.
        const member = kafka.consumer({ groupId: `${prefix}aggregator`, sessionTimeout: 6000 });
        await member.connect();
        await member.subscribe({ topic: `${prefix}quotes.v1` });
        await member.run({ autoCommit: false, eachMessage: () => Promise.resolve() });
        joined++;
        await new Promise((resolve) => setTimeout(resolve, 1000));
        await member.disconnect();
      }
    };
    const blowing = storm();
    const ids: string[] = [];
    for (let second = 0; second < 8; second++) {
      const { body } = await test.api.post('/v1/routes', { ...CART, deadlineMs: 3000 });
      ids.push((body as { id: string }).id);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    isOver = true;
    await blowing;
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect(joined).toBeGreaterThanOrEqual(2);
    const submitted = ids.map((id) => ({ id }));
    expect(await checkLedger(test.stores.adminUrl, submitted, { graceMs: 500 })).toEqual([]);
  }, 90_000);
});
