import { startSimulator, type Simulator } from '../../simulator/main.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { checkDeliveries, checkLedger, type Submitted } from '../support/ledger.js';
import { Cast, type RoleProcess } from '../support/processes.js';
import { Receiver } from '../support/receiver.js';
import { SocketClient } from '../support/socket.js';
import { SseClient } from '../support/sse.js';
import { createStores, rowsOf, type Stores } from '../support/stores.js';

const split = process.env.TEST_SPLIT_ROLES === 'true';
const DEADLINE_MS = 4000;
const ROLES = ['api', 'quotes', 'aggregator', 'notifier'];

/**
 * kill -9 of our own processes in the middle of routes: every 202 is decided once and on time. Needs Redis and Kafka for roles of
 * their own; on the embedded tier the one process is killed and started again.
 */
describe('kill -9', () => {
  let stores: Stores;
  let simulator: Simulator;
  let receiver: Receiver;
  let cast: Cast;

  beforeAll(async () => {
    stores = await createStores();
    simulator = await startSimulator({ port: 0, seed: 2, latency: { medianMs: 150, p99Ms: 600 } });
    receiver = await Receiver.start();
    cast = new Cast({
      ...stores.env,
      LOOPGPT_SIMULATOR_URL: simulator.url,
      LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true',
    });
  }, 60_000);
  beforeEach(() => void receiver.received.splice(0));
  afterAll(async () => {
    await cast?.stop();
    await Promise.all([simulator?.close(), receiver?.close()]);
    await stores?.drop();
  }, 60_000);

  async function submit(api: Api, count: number): Promise<Submitted[]> {
    const answers = await Promise.all(
      Array.from({ length: count }, () =>
        api.post('/v1/routes', { ...CART, deadlineMs: DEADLINE_MS, webhook: { url: receiver.url } }).catch(() => null),
      ),
    );
    return answers.filter((answer) => answer?.status === 202).map((answer) => answer!.body as Submitted);
  }

  /** I1–I6 and I12 over the rows, I8 over what the receiver got. */
  async function faultsOf(submitted: readonly Submitted[], graceMs: number): Promise<string[]> {
    const given = new Set((await simulator.control.log()).map((entry) => entry.nonce));
    return [
      ...(await checkLedger(stores.adminUrl, submitted, { graceMs, given })),
      ...(await checkDeliveries(receiver, submitted)),
    ];
  }

  const settle = (ms = DEADLINE_MS + 1500) => new Promise((resolve) => setTimeout(resolve, ms));

  /** Follows at one API process until it is killed, and resumes at another: I11, no outcome lost, repeated or taken back. */
  async function followAcross(first: RoleProcess, next: () => Promise<RoleProcess>): Promise<void> {
    const submitted = await submit(new Api(first.url), 10);
    const path = (id: string) => `/v1/routes/${id}/events`;
    const before = await Promise.all(submitted.map(({ id }) => SseClient.open(first.url + path(id))));
    const socket = await SocketClient.open(`${first.url}/v1/stream`);
    for (const { id } of submitted) socket.subscribe(id);
    await settle(120);
    await first.kill();
    const second = await next();
    const again = await SocketClient.open(`${second.url}/v1/stream`);
    for (const { id } of submitted) again.subscribe(id, { after: socket.events(id).length });
    const after = await Promise.all(
      submitted.map(async ({ id }, index) => {
        const client = before[index]!;
        await client.until(({ ended }) => ended);
        const last = client.frames.at(-1)?.id;
        if (last) return client.frames;
        const resumed = await SseClient.open(second.url + path(id), { 'last-event-id': '0' });
        return (await resumed.until(({ ended }) => ended, 15_000)).frames;
      }),
    );
    const bodiesOf = (id: string) => receiver.received.map(({ body }) => body).filter((body) => body.includes(id));
    await again.until(({ messages }) => messages.filter(({ type }) => type === 'ended').length === submitted.length);
    while (submitted.some(({ id }) => bodiesOf(id).length === 0)) await receiver.waitFor(receiver.received.length + 1);
    for (const [index, { id }] of submitted.entries()) {
      const bodies = bodiesOf(id);
      expect(after[index]!.map(({ data }) => data)).toEqual([bodies[0]]);
      const told = [...socket.texts, ...again.texts].filter(
        // Progress is told besides, as it happens, and has no place in the order.
        (text) => text.includes(`"event":{"id"`) && text.includes(id) && !text.includes('"type":"route.quoted"'),
      );
      expect(told).toEqual([`{"type":"event","subject":"${id}","event":${bodies[0]}}`]);
      const shown = await new Api(second.url).get(`/v1/routes/${id}`);
      expect(JSON.parse(bodies[0]!).data.status).toBe(shown.body.status);
    }
  }

  if (!split) {
    it('of the whole process: streams resume after the restart and end with the webhook’s very bytes', async () => {
      const [first] = await cast.of('all');
      await followAcross(first!, () => cast.launch('all'));
    }, 90_000);

    it('of the whole process: after the restart every accepted route is decided, quotes are those given', async () => {
      const [first] = await cast.of('all');
      const submitted = await submit(new Api(first!.url), 20);
      await settle(120);
      await first!.kill();
      await cast.launch('all');
      await settle();
      expect(submitted.length).toBe(20);
      // The process was away for a moment, so a deadline may have passed meanwhile: recovery + 2 s.
      expect(await faultsOf(submitted, 8000)).toEqual([]);
    }, 90_000);

    it('by SIGTERM ends within its ten seconds with nothing lost', async () => {
      const [first] = await cast.of('all');
      const submitted = await submit(new Api(first!.url), 20);
      expect(submitted).toHaveLength(20);
      const from = Date.now();
      await first!.stop();
      expect(Date.now() - from).toBeLessThan(10_000);
      await cast.launch('all');
      await settle();
      expect(await faultsOf(submitted, 8000)).toEqual([]);
    }, 90_000);
    return;
  }

  it.each(['quotes', 'aggregator', 'notifier'])(
    'of %s with a second one running: all decided once and on time',
    async (role) => {
      const processes = await cast.of(...ROLES, role);
      const victim = processes[ROLES.indexOf(role)]!;
      const api = new Api(processes[0]!.url);
      const early = await submit(api, 20);
      await settle(150);
      await victim.kill();
      const late = await submit(api, 20);
      await settle();
      expect(early.length + late.length).toBe(40);
      expect(await faultsOf([...early, ...late], 500)).toEqual([]);
    },
    120_000,
  );

  it('of api: its streams resume at another and end with the webhook’s very bytes', async () => {
    const processes = await cast.of('api', ...ROLES);
    await followAcross(processes[0]!, async () => processes[1]!);
  }, 120_000);

  it('of api: what it had accepted is decided without it', async () => {
    const [api] = await cast.of(...ROLES);
    const submitted = await submit(new Api(api!.url), 20);
    await api!.kill();
    await settle();
    expect(submitted.length).toBe(20);
    expect(await faultsOf(submitted, 500)).toEqual([]);
  }, 120_000);

  it.each(['quotes', 'aggregator'])(
    'of nobody, but %s stops for ten seconds and wakes up as a zombie: its late writes change nothing',
    async (role) => {
      const processes = await cast.of(...ROLES, role);
      const api = new Api(processes[0]!.url);
      const zombie = processes[ROLES.indexOf(role)]!;
      const early = await submit(api, 20);
      await settle(100);
      zombie.signal('SIGSTOP');
      const late = await submit(api, 20);
      await settle(10_000);
      const before = await outcomes([...early, ...late]);
      zombie.signal('SIGCONT');
      await settle(3000);
      expect(await outcomes([...early, ...late])).toEqual(before);
      expect(await faultsOf([...early, ...late], 500)).toEqual([]);
    },
    120_000,
  );

  it('rolls every role under load without one refused or lost request', async () => {
    const running = [...(await cast.of(...ROLES))];
    const submitted: Submitted[] = [];
    for (const [index, role] of ROLES.entries()) {
      const next = await cast.launch(role);
      const old = running[index]!;
      running[index] = next;
      const apiUrl = running[0]!.url;
      const from = Date.now();
      const [batch] = await Promise.all([submit(new Api(apiUrl), 15), old.stop()]);
      expect(Date.now() - from).toBeLessThan(10_000);
      expect(batch).toHaveLength(15);
      submitted.push(...batch);
    }
    await settle();
    expect(await faultsOf(submitted, 500)).toEqual([]);
  }, 120_000);

  const outcomes = (submitted: readonly Submitted[]) =>
    rowsOf(stores.adminUrl, 'SELECT id, status, outcome FROM routes WHERE id = ANY($1) ORDER BY id', [
      submitted.map(({ id }) => id),
    ]);
});
