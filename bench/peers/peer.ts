import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { Pool } from 'pg';
import { z } from 'zod';
import { readConfig } from '../../src/read-config.js';
import {
  CartLine,
  ShippingAddress,
  type ProviderAdapter,
  type ProviderId,
  type QuoteResult,
} from '../../src/modules/providers/provider.js';
import { PROVIDERS } from '../../src/modules/providers/adapters.js';
import { connectionOf } from '../../src/modules/providers/calling/settings.js';
import { MemoryCache } from '../../src/platform/cache/memory.cache.js';
import { HttpClient } from '../../src/platform/outgoing/http.client.js';

/** What both peers are made of, so that they differ in one thing: how the providers' answers are brought together. */

const Body = z.object({
  items: z.array(CartLine).min(1).max(200),
  shippingAddress: ShippingAddress,
  reference: z.string().max(128),
});
type Body = z.infer<typeof Body>;

export interface PeerRoute extends Body {
  id: string;
}

export interface PeerAnswer {
  providerId: ProviderId;
  result: QuoteResult;
  latencyMs: number;
}

const TIMEOUT_MS = 8000;
/** As many connections as the product's background role has. */
const CONNECTIONS = 16;

const TABLES = `
  CREATE TABLE IF NOT EXISTS routes (
    id text PRIMARY KEY, reference text, request jsonb NOT NULL, created_at timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE TABLE IF NOT EXISTS outcomes (
    route_id text NOT NULL, outcome jsonb NOT NULL, closed_at timestamptz NOT NULL DEFAULT clock_timestamp());`;

/** The product's own adapters on warm connections and caches, and two durable rows: accepted and closed. */
export class Peer {
  /** Who is asked for every route. */
  readonly providerIds: readonly ProviderId[];
  private readonly adapters: ReadonlyMap<ProviderId, ProviderAdapter>;

  private constructor(private readonly pool: Pool) {
    const config = readConfig();
    const tools = { http: new HttpClient(), cache: new MemoryCache(), keepProductsMs: 0 };
    this.adapters = new Map(
      PROVIDERS.flatMap((provider) => {
        const connection = connectionOf(provider.id, config);
        return connection.state === 'connected' ? [[provider.id, provider.connect(connection.settings, tools)]] : [];
      }),
    );
    this.providerIds = [...this.adapters.keys()];
  }

  static async open(): Promise<Peer> {
    const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: CONNECTIONS });
    await pool.query(TABLES);
    return new Peer(pool);
  }

  /** One durable commit; the route may be answered 202 after it. */
  async accept(body: Body): Promise<PeerRoute> {
    const id = randomUUID();
    await this.pool.query('INSERT INTO routes (id, reference, request) VALUES ($1, $2, $3)', [
      id,
      body.reference,
      JSON.stringify({ items: body.items, shippingAddress: body.shippingAddress }),
    ]);
    return { id, ...body };
  }

  /** One provider's answer; never rejects for what the provider does. */
  async ask(providerId: ProviderId, route: PeerRoute): Promise<PeerAnswer> {
    const start = performance.now();
    const request = { routeId: route.id, tenantId: 'peer', traceparent: '', ...route };
    const result = await this.adapters.get(providerId)!.quote(request, AbortSignal.timeout(TIMEOUT_MS));
    return { providerId, result, latencyMs: performance.now() - start };
  }

  /** Takes the lowest total and writes it with all answers: one durable commit. */
  async close(routeId: string, answers: readonly PeerAnswer[]): Promise<void> {
    await this.pool.query('INSERT INTO outcomes (route_id, outcome) VALUES ($1, $2)', [
      routeId,
      JSON.stringify({ winner: cheapest(answers), answers }),
    ]);
  }
}

function cheapest(answers: readonly PeerAnswer[]): { providerId: ProviderId; totalCents: number } | null {
  const totals = answers.flatMap(({ providerId, result }) =>
    result.ok && result.offer.kind === 'quote' ? [{ providerId, totalCents: result.offer.totalCents }] : [],
  );
  return totals.sort((left, right) => left.totalCents - right.totalCents)[0] ?? null;
}

/** `POST /v1/routes` with `take` behind it, listening; tells the bench by IPC and ends with it. */
export async function servePeer(take: (body: Body) => Promise<PeerRoute>): Promise<void> {
  const server = Fastify();
  server.post('/v1/routes', async (request, reply) => {
    const { id } = await take(Body.parse(request.body));
    return reply.code(202).send({ id });
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  for (const signal of ['SIGTERM', 'disconnect']) process.once(signal, () => process.exit(0));
  process.send!({ type: 'ready', url });
}
