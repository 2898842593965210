import { spawn, type ChildProcess } from 'node:child_process';
import { request } from 'undici';
import { startSimulator, type Simulator } from '../../simulator/main.js';
import { Api } from '../support/api.js';
import { CART } from '../support/cart.js';
import { RoleProcess } from '../support/processes.js';
import { Receiver } from '../support/receiver.js';
import { createStores, type Stores } from '../support/stores.js';

/** Set by .ci/run, which fetches it where Java and Maven are; without it there is no Zipkin to ask. */
const JAR = process.env.TEST_ZIPKIN_JAR;
const whereThere = JAR ? describe : describe.skip;
const CALLER = 'b7ad6b7169203331';

interface ZipkinSpan {
  id: string;
  parentId?: string;
  name: string;
  kind?: string;
  localEndpoint: { serviceName: string };
}

whereThere('a Zipkin server', () => {
  let zipkin: ChildProcess;
  let product: RoleProcess;
  let simulator: Simulator;
  let receiver: Receiver;
  let stores: Stores;
  let url: string;

  beforeAll(async () => {
    // Its port is its own to choose, and told in its log.
    zipkin = spawn('java', ['-Xmx256m', '-jar', JAR!, '--server.port=0', '--logging.level.root=INFO']);
    url = await new Promise<string>((resolve, reject) => {
      let text = '';
      zipkin.stdout!.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
        const port = /Serving HTTP at .*:(\d+)\/?\s/.exec(text)?.[1];
        if (port) resolve(`http://127.0.0.1:${port}`);
      });
      zipkin.once('exit', () => reject(new Error(`Zipkin ended: ${text.slice(-2000)}`)));
    });
    [receiver, stores] = [await Receiver.start(), await createStores()];
    simulator = await startSimulator({ port: 0, seed: 1, latency: { medianMs: 0, p99Ms: 0 } });
    product = await new RoleProcess('all', {
      ...stores.env,
      LOOPGPT_SIMULATOR_URL: simulator.url,
      LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true',
      OTEL_TRACES_EXPORTER: 'zipkin',
      OTEL_EXPORTER_ZIPKIN_ENDPOINT: `${url}/api/v2/spans`,
      OTEL_BSP_SCHEDULE_DELAY: '200',
    }).start();
  }, 240_000);
  afterAll(async () => {
    await product?.stop();
    zipkin?.kill('SIGKILL');
    await simulator?.close();
    await receiver?.close();
    await stores?.drop();
  });

  it('shows a route from its request to its webhook as one tree', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const api = new Api(product.url);
    const traceparent = `00-${traceId}-${CALLER}-01`;
    const { body } = await api.post('/v1/routes', { ...CART, webhook: { url: receiver.url } }, { traceparent });
    await api.outcome(body.id);
    await receiver.waitFor(1);
    const found = await asked(`${url}/api/v2/trace/${traceId}`);
    const names = new Map(found.map(({ id, name }) => [id, name]));
    const under = (name: string) => {
      const one = found.find((span) => span.name === name);
      return one && (names.get(one.parentId ?? '') ?? one.parentId);
    };
    expect(under('post /v1/routes')).toBe(CALLER);
    expect(under('accept route')).toBe('post /v1/routes');
    expect(under('route.quote')).toBe('accept route');
    expect(under('quote kroger_api')).toBe('route.quote');
    expect(under('decide route')).toBe('quote.received publish');
    expect(under('route.decided publish')).toBe('decide route');
    expect(under('post webhook')).toBe('route.decided publish');
    expect(new Set(found.map(({ localEndpoint }) => localEndpoint.serviceName))).toEqual(new Set(['loopgpt']));
    console.log(`Zipkin shows ${found.length} spans of one route`);
  }, 60_000);
});

/** What it knows of a trace, once the webhook is in it. */
async function asked(url: string): Promise<ZipkinSpan[]> {
  for (const end = Date.now() + 30_000; ;) {
    const { statusCode, body } = await request(url);
    const found = statusCode === 200 ? ((await body.json()) as ZipkinSpan[]) : (await body.dump(), []);
    if (found.some(({ name }) => name === 'post webhook') || Date.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
