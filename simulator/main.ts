import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { instacartSimulator } from '../src/modules/providers/instacart/instacart.simulator.js';
import { krogerSimulator } from '../src/modules/providers/kroger/kroger.simulator.js';
import { mealmeSimulator } from '../src/modules/providers/mealme/mealme.simulator.js';
import type { ProviderId } from '../src/modules/providers/provider.js';
import { SIMULATED_WALMART_PUBLIC_KEY } from '../src/modules/providers/simulated-credentials.js';
import type { ProviderSimulator, SimulatedReply, SimulatedWorld } from '../src/modules/providers/simulation.js';
import { walmartSimulator } from '../src/modules/providers/walmart/walmart.simulator.js';
import { Catalogue } from './catalogue.js';
import { delayMs, randomOf, spoil, type Fault, type Latency } from './faults.js';

export interface LogEntry {
  at: string;
  provider: ProviderId;
  /** Token, store and address look-ups are auxiliary; the others are what a quote is made of. */
  kind: 'data' | 'auxiliary';
  method: string;
  path: string;
  status: number;
  nonce: string;
}

export interface Control {
  setFault(provider: ProviderId | '*', fault: Fault | null): Promise<void>;
  setLatency(latency: Latency): Promise<void>;
  /** Forgets faults and log, and drops calls that hang. */
  reset(): Promise<void>;
  log(): Promise<LogEntry[]>;
}

export interface Simulator {
  url: string;
  control: Control;
  close(): Promise<void>;
}

const AUXILIARY = /oauth2\/token|\/v1\/locations|\/location\/geocode/;
const HUGE_BYTES = 10 * 1024 * 1024;
const MAX_LOG = 200_000;

/** The providers' hosts in one HTTP process: /kroger, /walmart, /mealme, /instacart. Same seed, same delays and goods. */
export async function startSimulator(
  options: { port?: number; host?: string; seed?: number; latency?: Latency } = {},
): Promise<Simulator> {
  const world = new World(options.seed ?? 1, options.latency ?? { medianMs: 80, p99Ms: 600 });
  const server = createServer((request, response) => void world.serve(request, response));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    control: world,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class World implements Control {
  private readonly catalogue = Catalogue.load();
  private readonly random: () => number;
  private readonly faults = new Map<ProviderId, Fault & { left: number }>();
  private readonly hanging = new Set<ServerResponse>();
  private entries: LogEntry[] = [];
  private readonly mounts: ReadonlyMap<string, ProviderSimulator> = new Map([
    ['kroger', krogerSimulator()],
    ['walmart', walmartSimulator(SIMULATED_WALMART_PUBLIC_KEY)],
    ['mealme', mealmeSimulator()],
    ['instacart', instacartSimulator()],
  ]);
  private readonly goods: SimulatedWorld = {
    search: (store, term, limit) => this.catalogue.search(store, term, limit),
    find: (store, id) => this.catalogue.find(store, id),
    nowMs: () => Date.now(),
  };

  constructor(
    seed: number,
    private latency: Latency,
  ) {
    this.random = randomOf(seed);
  }

  async setFault(provider: ProviderId | '*', fault: Fault | null): Promise<void> {
    for (const { id } of this.mounts.values()) {
      if (provider !== '*' && provider !== id) continue;
      if (fault) this.faults.set(id, { ...fault, left: fault.count ?? Infinity });
      else this.faults.delete(id);
    }
  }

  async setLatency(latency: Latency): Promise<void> {
    this.latency = latency;
  }

  async reset(): Promise<void> {
    this.faults.clear();
    this.entries = [];
    for (const response of this.hanging) response.destroy();
    this.hanging.clear();
  }

  async log(): Promise<LogEntry[]> {
    return this.entries;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const body = await bodyOf(request);
    const [, mount = '', ...rest] = url.pathname.split('/');
    if (mount === '__control') return this.controlled(request.method ?? '', rest, body, response);
    const provider = this.mounts.get(mount);
    if (!provider) return send(response, { status: 404, body: { error: 'no such provider' } }, 'none');
    const delay = delayMs(this.latency, this.random);
    if (delay > 0) await pause(delay);
    const path = `/${rest.join('/')}`;
    const kind = AUXILIARY.test(path) ? 'auxiliary' : 'data';
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const reply = provider.respond(
      { method: request.method ?? '', path, query: url.searchParams, headers, body },
      this.goods,
    );
    const fault = kind === 'data' ? this.draw(provider.id) : null;
    const nonce = randomUUID();
    const status = fault ? (STATUS[fault.mode] ?? reply.status) : reply.status;
    if (this.entries.length < MAX_LOG) {
      const at = new Date().toISOString();
      this.entries.push({ at, provider: provider.id, kind, method: request.method ?? '', path, status, nonce });
    }
    return fault ? this.misbehave(fault, reply, response, nonce) : send(response, reply, nonce);
  }

  private draw(id: ProviderId): Fault | null {
    const fault = this.faults.get(id);
    if (!fault || fault.left <= 0 || this.random() >= (fault.probability ?? 1)) return null;
    fault.left--;
    return fault;
  }

  private async misbehave(fault: Fault, reply: SimulatedReply, response: ServerResponse, nonce: string): Promise<void> {
    switch (fault.mode) {
      case 'hang':
        this.hanging.add(response);
        response.once('close', () => this.hanging.delete(response));
        return;
      case 'slow':
        await pause(fault.ms ?? 1000);
        return send(response, reply, nonce);
      case 'drip':
        return drip(response, JSON.stringify(reply.body));
      case 'huge':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(Buffer.alloc(HUGE_BYTES, 0x20));
        return;
      case 'error500':
      case 'status401':
        return send(response, { status: STATUS[fault.mode]!, body: { error: 'simulated fault' } }, nonce);
      case 'status429':
        return send(
          response,
          { status: 429, body: { error: '10 per 1 second(s)!' }, headers: { 'retry-after': '1' } },
          nonce,
        );
      default:
        return send(response, { ...reply, body: spoil(fault.mode, JSON.stringify(reply.body)) }, nonce);
    }
  }

  private async controlled(method: string, path: string[], body: string, response: ServerResponse): Promise<void> {
    const [what, provider] = path;
    const value: unknown = body ? JSON.parse(body) : null;
    if (method === 'GET' && what === 'log') return send(response, { status: 200, body: this.entries }, 'none');
    if (method === 'POST' && what === 'reset') await this.reset();
    else if (method === 'PUT' && what === 'faults')
      await this.setFault(provider as ProviderId | '*', value as Fault | null);
    else if (method === 'PUT' && what === 'latency') await this.setLatency(value as Latency);
    else return send(response, { status: 404, body: { error: 'no such control' } }, 'none');
    return send(response, { status: 204, body: null }, 'none');
  }
}

const STATUS: Readonly<Partial<Record<Fault['mode'], number>>> = { error500: 500, status401: 401, status429: 429 };

function send(response: ServerResponse, reply: SimulatedReply, nonce: string): void {
  const text = reply.body === null ? '' : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
  response.writeHead(reply.status, { 'content-type': 'application/json', 'x-nonce': nonce, ...reply.headers });
  response.end(text);
}

/** Headers at once, then one byte a second. */
function drip(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  let index = 0;
  const timer = setInterval(() => response.write(text[index++] ?? ' '), 1000);
  response.once('close', () => clearInterval(timer));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

if (require.main === module) {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, host: { type: 'string' }, seed: { type: 'string' } },
  });
  const port = Number(values.port ?? 4000);
  void startSimulator({ port, host: values.host ?? '127.0.0.1', seed: Number(values.seed ?? 1) }).then((simulator) => {
    console.log(`provider simulator on ${simulator.url}`);
    const stop = () => void simulator.close().then(() => process.exit(0));
    for (const signal of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(signal, stop);
  });
}
