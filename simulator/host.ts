import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomOf } from '../src/common/random.js';
import type {
  ProviderSimulator,
  SimulatedId,
  SimulatedReply,
  SimulatedRequest,
} from '../src/modules/providers/simulation.js';
import { controlled, type Control, type LogEntry } from './control.js';
import { FAULT_STATUSES, type Fault } from './faults.js';
import { Goods } from './goods.js';
import { misbehave, send } from './misbehave.js';
import { delayMs, digestOf, Occurrences, seedOf, type Latency } from './seeded.js';

const MAX_LOG = 200_000;
const MAX_BODY_BYTES = 1024 * 1024;

export interface HostOptions {
  seed: number;
  latency: Latency;
  limits: boolean;
  frozenAtMs: number | null;
}

/** Serves the providers' mounts: delay, dialect, fault, log. What one call meets depends on the seed and the call alone. */
export class Host implements Control {
  private readonly goods: Goods;
  private readonly seed: number;
  private readonly occurrences = new Occurrences();
  private readonly faults = new Map<SimulatedId, Fault & { left: number }>();
  private readonly hanging = new Set<ServerResponse>();
  private entries: LogEntry[] = [];
  private latency: Latency;

  constructor(
    private readonly mounts: ReadonlyMap<string, ProviderSimulator>,
    options: HostOptions,
  ) {
    this.goods = new Goods(options.seed, options);
    this.seed = options.seed;
    this.latency = options.latency;
  }

  async setFault(provider: SimulatedId | '*', fault: Fault | null): Promise<void> {
    for (const { id } of this.mounts.values()) {
      if (provider !== '*' && provider !== id) continue;
      if (fault) this.faults.set(id, { ...fault, left: fault.count ?? Infinity });
      else this.faults.delete(id);
    }
  }

  async setLatency(latency: Latency): Promise<void> {
    this.latency = latency;
  }

  async setLimits(on: boolean): Promise<void> {
    this.goods.limited = on;
  }

  async advance(ms: number): Promise<void> {
    this.goods.advance(ms);
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

  /** Never rejects: what goes wrong in a dialect is answered 500 with its message. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.answer(request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else send(response, { status: 500, body: { error: `the simulator failed: ${String(error)}` } }, 'none');
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const method = request.method ?? '';
    const body = await bodyOf(request);
    if (body === null) return send(response, { status: 413, body: { error: 'the body is too large' } }, 'none');
    const [, mount = '', ...rest] = url.pathname.split('/');
    if (mount === '__control') {
      const known = [...this.mounts.values()].map(({ id }) => id);
      return send(response, await controlled(this, known, method, rest, body), 'none');
    }
    const provider = this.mounts.get(mount);
    if (!provider) return send(response, { status: 404, body: { error: 'no such provider' } }, 'none');
    const path = `/${rest.join('/')}`;
    const key = `${provider.id} ${method} ${path}${url.search} ${body}`;
    const times = this.occurrences.next(digestOf(key));
    const random = randomOf(seedOf(this.seed, key, times));
    const delay = delayMs(this.latency, random);
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));

    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const asked = { method, path, query: url.searchParams, headers, body };
    const kind = provider.auxiliary.test(path) ? 'auxiliary' : 'data';
    const fault = this.draw(provider.id, kind, random);
    const reply = this.replyOf(provider, asked, fault);
    const nonce = uuidOf(digestOf(this.seed, 'nonce', key, times));
    if (this.entries.length < MAX_LOG) {
      const at = new Date(this.goods.nowMs()).toISOString();
      const { traceparent = null, tracestate = null } = headers;
      const { status } = reply;
      this.entries.push({ at, provider: provider.id, kind, method, path, status, nonce, traceparent, tracestate });
    }
    if (!fault || reply.status >= 400) return send(response, reply, nonce);
    if (fault.mode === 'hang') {
      this.hanging.add(response);
      response.once('close', () => this.hanging.delete(response));
    }
    return misbehave(fault, reply, response, nonce);
  }

  private replyOf(provider: ProviderSimulator, asked: SimulatedRequest, fault: Fault | null): SimulatedReply {
    if (fault?.mode === 'echo') {
      const error = { headers: asked.headers, body: asked.body };
      return { status: 400, body: { error }, headers: { 'x-echo': JSON.stringify(asked.headers) } };
    }
    if (fault && fault.mode in FAULT_STATUSES) {
      const status = FAULT_STATUSES[fault.mode as keyof typeof FAULT_STATUSES];
      const refusal = provider.refusal(status, this.goods);
      return status === 429 ? { ...refusal, headers: { 'retry-after': '1', ...refusal.headers } } : refusal;
    }
    return provider.respond(asked, this.goods);
  }

  private draw(id: SimulatedId, kind: LogEntry['kind'], random: () => number): Fault | null {
    const fault = this.faults.get(id);
    if (!fault || fault.left <= 0) return null;
    const on = fault.on ?? 'data';
    if ((on !== 'all' && on !== kind) || random() >= (fault.probability ?? 1)) return null;
    fault.left--;
    return fault;
  }
}

function uuidOf(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** Null when it is larger than any honest caller's. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk as Buffer);
  }
  return size > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString('utf8');
}
