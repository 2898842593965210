import { startSimulator, type Simulator } from '../../../../simulator/main.js';
import type { Control } from '../../../../simulator/control.js';
import { MemoryCache } from '../../../platform/cache/memory.cache.js';
import { HttpClient, type HttpAnswer, type HttpCall } from '../../../platform/outgoing/http.client.js';
import {
  QuoteResult,
  type Probed,
  type ProviderAdapter,
  type CartLine,
  type Provider,
  type QuoteRequest,
  type ShippingAddress,
} from '../provider.js';
import type { ProviderSimulator } from '../simulation.js';

export interface Subject {
  simulator: () => ProviderSimulator;
  /** True where tokens are fetched: one 401 is then answered by a new token and a second try. */
  refreshes?: boolean;
}

export const REQUEST: QuoteRequest = {
  routeId: 'rt_conformance',
  tenantId: 'ten_conformance',
  traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
  items: [
    { id: 'milk', name: 'Whole milk', quantity: 1, unit: 'gallon' },
    { id: 'eggs', name: 'Large eggs', quantity: 12, unit: 'each' },
    { id: 'bananas', name: 'Bananas', quantity: 2, unit: 'lb' },
  ],
  shippingAddress: { street: '1 Main St', city: 'Cincinnati', state: 'OH', postalCode: '45202', country: 'US' },
};
/** A request for these lines; what is left out of a line is one pack, and of the address as above. */
export function asking(
  lines: readonly (Partial<CartLine> & { name: string })[],
  address: Partial<ShippingAddress> = {},
): QuoteRequest {
  const items = lines.map((line) => ({ id: line.name, quantity: 1, unit: null, ...line }));
  return { ...REQUEST, items, shippingAddress: { ...REQUEST.shippingAddress, ...address } };
}

export const PATIENT_MS = 20_000;
const MOUNT = 'under-test';

export interface AskOptions {
  request?: QuoteRequest;
  signal?: AbortSignal;
  cache?: MemoryCache;
  credentials?: Readonly<Record<string, string>>;
  baseUrl?: string;
}

type Recorded = ReadonlyMap<string, Extract<HttpAnswer, { ok: true }>>;
type Odd = readonly [where: number, value: unknown];

/** An adapter and its own simulator over real HTTP without latency, with an ear on what is sent and answered. */
export class UnderTest {
  readonly secrets = new Set<string>();
  tokensGiven = 0;
  /** Every call that was made, in order. */
  readonly calls: HttpCall[] = [];
  private readonly http = new HttpClient();

  private constructor(
    private readonly provider: Provider,
    private readonly simulator: Simulator,
  ) {
    for (const value of Object.values(provider.simulatedCredentials)) if (value.length > 5) this.secrets.add(value);
  }

  static async start(provider: Provider, subject: Subject): Promise<UnderTest> {
    const providers = new Map([[MOUNT, subject.simulator()]]);
    const simulator = await startSimulator({ providers, latency: { medianMs: 0, p99Ms: 0 } });
    return new UnderTest(provider, simulator);
  }

  get control(): Control {
    return this.simulator.control;
  }

  /** The paths called, below the provider's base. */
  get paths(): string[] {
    return this.calls.map(({ url }) => new URL(url).pathname.slice(`/${MOUNT}${this.provider.basePath}`.length));
  }

  /** Rejects when the adapter throws or answers something that is no QuoteResult. */
  ask(options: AskOptions = {}): Promise<QuoteResult> {
    return this.through((call, signal) => this.heard(call, signal), options);
  }

  /** Every answer of a good quote, by what was called. */
  async record(): Promise<Recorded> {
    const recorded = new Map<string, Extract<HttpAnswer, { ok: true }>>();
    await this.through(async (call, signal) => {
      const answer = await this.http.call(call, signal);
      if (answer.ok) recorded.set(keyOf(call), answer);
      return answer;
    });
    return recorded;
  }

  /** A quote from the recorded answers with odd values put into them. */
  replay(recorded: Recorded, odd: readonly Odd[]): Promise<QuoteResult> {
    return this.through(async (call) => {
      const answer = recorded.get(keyOf(call));
      return answer ? { ...answer, bytes: spoilt(answer.bytes, odd) } : { ok: false, kind: 'refused', detail: 'none' };
    });
  }

  async close(): Promise<void> {
    await this.http.close();
    await this.simulator.close();
  }

  probe(options: AskOptions = {}): Promise<Probed> {
    const adapter = this.adapterFor((call, signal) => this.heard(call, signal), options);
    return adapter.probe(options.signal ?? AbortSignal.timeout(PATIENT_MS));
  }

  private async through(call: HttpClient['call'], options: AskOptions = {}): Promise<QuoteResult> {
    const signal = options.signal ?? AbortSignal.timeout(PATIENT_MS);
    return QuoteResult.parse(await this.adapterFor(call, options).quote(options.request ?? REQUEST, signal));
  }

  private adapterFor(call: HttpClient['call'], options: AskOptions): ProviderAdapter {
    const settings = {
      baseUrl: options.baseUrl ?? `${this.simulator.url}/${MOUNT}${this.provider.basePath}`,
      simulated: true,
      credentials: options.credentials ?? this.provider.simulatedCredentials,
      timeoutMs: PATIENT_MS,
    };
    const cache = options.cache ?? new MemoryCache();
    return this.provider.connect(settings, { http: { call }, cache, keepProductsMs: 3_600_000 });
  }

  private async heard(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer> {
    this.calls.push(call);
    for (const [name, value] of Object.entries(call.headers ?? {})) {
      if (/authorization|token|key$|signature|secret/i.test(name)) this.secrets.add(value.split(' ').at(-1)!);
    }
    const answer = await this.http.call(call, signal);
    const token = answer.ok ? /"access_token":"([^"]+)"/.exec(answer.bytes.toString('utf8'))?.[1] : undefined;
    if (token) {
      this.tokensGiven++;
      this.secrets.add(token);
    }
    return answer;
  }
}

function keyOf({ method, url, body }: HttpCall): string {
  return `${method} ${url} ${body ?? ''}`;
}

const INFINITE = '@1e309';
export const ODD: readonly unknown[] = [
  null,
  true,
  '',
  'x'.repeat(5e3),
  '\0‮<script>',
  [],
  {},
  [null],
  [[[[]]]],
  { __proto__: null },
  0,
  -1,
  0.1,
  1e-9,
  19.999999,
  9007199254740992,
  1e300,
  INFINITE,
  '12,50',
  'NaN',
];

/** The JSON with odd values in the places named by number, counted through the whole tree. */
function spoilt(bytes: Buffer, odd: readonly Odd[]): Buffer {
  const tree: unknown = JSON.parse(bytes.toString('utf8'));
  const places: [holder: Record<string, unknown>, field: string][] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [field, child] of Object.entries(value)) {
      places.push([value as Record<string, unknown>, field]);
      walk(child);
    }
  };
  walk(tree);
  for (const [where, value] of odd) {
    const place = places[where % Math.max(1, places.length)];
    if (place) place[0][place[1]] = value;
  }
  return Buffer.from(JSON.stringify(tree).replaceAll(`"${INFINITE}"`, '1e309'));
}
