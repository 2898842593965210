import { fork } from 'node:child_process';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { rows } from '../../simulator/catalogue.js';
import { holdingsOf } from '../../src/vocabulary/holdings.js';
import { turn } from '../../src/common/pacing/turns.js';
import { MemoryCache } from '../../src/platform/cache/memory.cache.js';
import { HttpClient, type HttpCall } from '../../src/platform/outgoing/http.client.js';
import { PROVIDERS } from '../../src/modules/providers/adapters.js';
import { folderOf } from '../../src/modules/providers/cards.js';
import type { CartLine, QuoteRequest } from '../../src/modules/providers/provider.js';

/**
 * node dev/run.mjs bench/micro/adapters: what asking three providers costs by itself, against the simulator in a process of its own.
 * CPU of a route of one line, at 16 routes at once; and a cart of 200 lines: its CPU, and how long it holds the event loop.
 */
const ROUTES = 600;
const AT_ONCE = 16;
const QUOTING = PROVIDERS.filter(({ capabilities }) => capabilities.quotes);

const port = 41_000 + (process.pid % 1000);
const ADDRESS = { street: '1 Main St', city: 'Cincinnati', state: 'OH', postalCode: '45202', country: 'US' };
const names = [...new Set(rows('products.csv').map(({ type }) => type!))];
const line = (id: number): CartLine => ({ id: `l${id}`, name: names[id % names.length]!, quantity: 1, unit: null });

async function main(): Promise<void> {
  const simulator = fork(join(__dirname, '../../simulator/main.js'), ['--port', String(port)], { stdio: 'ignore' });
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const http = new HttpClient();
  const client = {
    call: async (call: HttpCall, signal: AbortSignal) => {
      const answer = await http.call(call, signal);
      await turn();
      return answer;
    },
  };
  const cache = new MemoryCache();
  const ask = async (items: CartLine[]) => {
    const request: QuoteRequest = { routeId: 'r', tenantId: 't', traceparent: '', items, shippingAddress: ADDRESS };
    const answers = await Promise.all(
      QUOTING.map((provider) =>
        provider
          .connect(
            {
              baseUrl: `http://127.0.0.1:${port}/${folderOf(provider)}${provider.basePath}`,
              simulated: true,
              credentials: provider.simulatedCredentials,
              timeoutMs: 60_000,
            },
            { http: client, cache, keepProductsMs: 0 },
          )
          .quote(request, AbortSignal.timeout(60_000)),
      ),
    );
    for (const answer of answers)
      if (!answer.ok && answer.failure.reason !== 'no_match') throw new Error(answer.failure.detail);
  };
  holdingsOf(''); // as a worker does before it takes work
  await measured('a cart of 200 lines, the first of a process', 1, 1, () =>
    ask(Array.from({ length: 200 }, (_, id) => line(id))),
  );
  await counted('warming up', ROUTES, AT_ONCE, (id) => ask([line(id)]));
  for (let run = 1; run <= 3; run++) {
    await counted(`routes of one line, ${names.length} different ones in turn`, ROUTES, AT_ONCE, (id) =>
      ask([line(id)]),
    );
    await counted('routes of one line, always the same', ROUTES, AT_ONCE, () => ask([line(0)]));
  }
  await measured('a cart of 200 lines', 3, 1, () => ask(Array.from({ length: 200 }, (_, id) => line(id))));
  await http.close();
  simulator.kill();
}

/** The most CPU that one turn of the event loop took: what the machine gives to others in between does not count. */
function cpuOfTurns(): () => number {
  let isDone = false;
  let longest = 0;
  let before = process.cpuUsage();
  const next = () => {
    const { user, system } = process.cpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.cpuUsage();
    if (!isDone) setImmediate(next);
  };
  setImmediate(next);
  return () => {
    isDone = true;
    return longest;
  };
}

/** CPU alone: to watch the loop costs as much as a route does. */
async function counted(what: string, times: number, atOnce: number, work: (id: number) => Promise<void>) {
  const before = process.cpuUsage();
  await repeated(times, atOnce, work);
  const { user, system } = process.cpuUsage(before);
  console.log(`${what}: ${((user + system) / 1000 / times).toFixed(2)} ms of CPU`);
}

async function repeated(times: number, atOnce: number, work: (id: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < times) await work(next++);
    }),
  );
}

async function measured(what: string, times: number, atOnce: number, work: (id: number) => Promise<void>) {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const turns = cpuOfTurns();
  const before = process.cpuUsage();
  await repeated(times, atOnce, work);
  const { user, system } = process.cpuUsage(before);
  loop.disable();
  const longest = turns();
  const cpu = (user + system) / 1000 / times;
  console.log(
    `${what}: ${cpu.toFixed(2)} ms of CPU, longest turn ${longest.toFixed(1)} ms of CPU; by the clock longest hold ${(loop.max / 1e6).toFixed(1)} ms, p99 ${(loop.percentile(99) / 1e6).toFixed(1)} ms`,
  );
}

void main();
