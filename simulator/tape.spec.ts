import { MemoryCache } from '../src/platform/cache/memory.cache.js';
import { HttpClient } from '../src/platform/outgoing/http.client.js';
import { PROVIDERS } from '../src/modules/providers/adapters.js';
import { folderOf } from '../src/modules/providers/cards.js';
import type { Provider } from '../src/modules/providers/provider.js';
import { asking } from '../src/modules/providers/conformance/under-test.conformance.js';
import { startSimulator } from './main.js';
import { Recorder, tapeSimulator } from './tape.js';

const CART = asking([{ name: 'Whole milk' }, { name: 'Large eggs' }]);
const [kroger, walmart] = (['KROGER_API', 'WALMART_API'] as const).map((one) =>
  PROVIDERS.find(({ id }) => id === one)!,
);

const http = new HttpClient();
afterAll(() => http.close());

function quote(provider: Provider, baseUrl: string, caller: Pick<HttpClient, 'call'>, request = CART) {
  const credentials = provider.simulatedCredentials;
  const settings = { baseUrl, simulated: true, credentials, timeoutMs: 5000 };
  return provider
    .connect(settings, {
      http: { call: (call, signal) => caller.call(call, signal) },
      cache: new MemoryCache(),
      keepProductsMs: 0,
    })
    .quote(request, AbortSignal.timeout(5000));
}

async function record(provider: Provider) {
  const mount = folderOf(provider);
  const simulator = await startSimulator({ latency: { medianMs: 0, p99Ms: 0 } });
  const recorder = new Recorder(http, provider.simulatedCredentials, `/${mount}`);
  const result = await quote(provider, `${simulator.url}/${mount}${provider.basePath}`, recorder);
  await simulator.close();
  return { result, tape: recorder.tape() };
}

async function replay(provider: Provider, tape: string, request = CART) {
  const providers = new Map([['tape', tapeSimulator(provider.id, tape)]]);
  const simulator = await startSimulator({ providers, latency: { medianMs: 0, p99Ms: 0 } });
  const result = await quote(provider, `${simulator.url}/tape${provider.basePath}`, http, request);
  await simulator.close();
  return result;
}

const lasting = (result: Awaited<ReturnType<typeof replay>>) =>
  JSON.parse(
    JSON.stringify(result, (field, value: unknown) =>
      ['observedAt', 'expiresAt', 'providerReference'].includes(field) ? undefined : value,
    ),
  ) as unknown;

describe('a tape of real traffic', () => {
  const cases = [kroger!, walmart!].map((provider) => [provider.id, provider] as const);

  it.each(cases)('of %s gives the same quote again', async (_id, provider) => {
    const { result, tape } = await record(provider);
    expect(result.ok).toBe(true);
    expect(lasting(await replay(provider, tape))).toEqual(lasting(result));
  });

  it('holds no credential, no token and no signature', async () => {
    for (const [, provider] of cases) {
      const { tape } = await record(provider);
      const secrets = Object.values(provider.simulatedCredentials).filter((value) => value.length > 3);
      expect(secrets.filter((secret) => tape.includes(secret))).toEqual([]);
      expect(tape).not.toMatch(/Bearer|Basic|simulated\.[0-9a-f]{32}|AUTH_SIGNATURE/);
    }
  });

  it('removes what they repeat of our secrets, in any spelling, and personal fields', async () => {
    const body = JSON.stringify({ said: 'a"key/1', again: encodeURIComponent('a"key/1'), email: 'me@home.example' });
    const parrot = {
      call: async () => ({ ok: true as const, status: 200, headers: { 'set-cookie': 'x' }, bytes: Buffer.from(body) }),
    };
    const recorder = new Recorder(parrot, { apiKey: 'a"key/1' });
    await recorder.call({ method: 'GET', url: 'http://h/p?key=a%22key%2F1' }, AbortSignal.timeout(1000));
    expect(JSON.parse(recorder.tape())).toEqual({
      method: 'GET',
      path: '/p',
      query: 'key=REMOVED',
      sent: '',
      status: 200,
      headers: {},
      body: JSON.stringify({
        said: 'REMOVED',
        again: 'REMOVED',
        email: 'REMOVED',
      }),
    });
  });

  it('answers 404 to what was never asked', async () => {
    const { tape } = await record(walmart!);
    const other = asking([{ name: 'Bread' }]);
    expect(await replay(walmart!, tape, other)).toMatchObject({ failure: { reason: 'bad_request' } });
  });

  it('gives the answers to the same call in the order they came', () => {
    const line = (body: string) =>
      JSON.stringify({ method: 'GET', path: '/x', query: 'a=1&b=2', sent: '', status: 200, headers: {}, body });
    const simulator = tapeSimulator('MEALME', `${line('first')}\n${line('second')}\n`);
    const request = { method: 'GET', path: '/x', query: new URLSearchParams('b=2&a=1'), headers: {}, body: '' };
    const bodies = [1, 2, 3].map(() => simulator.respond(request, null as never).body);
    expect(bodies).toEqual(['first', 'second', 'second']);
  });
});
