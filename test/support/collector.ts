import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as OTLP tells it in JSON, its attributes by name. */
export interface CollectedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  service: string;
  failed: boolean;
  attributes: Record<string, string | number | boolean>;
}

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number | string; boolValue?: boolean };
}
interface Sent {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: {
      spans: (Omit<CollectedSpan, 'attributes'> & { attributes: Attribute[]; status?: { code: number } })[];
    }[];
  }[];
}

const FAILED = 2;

/** A collector that takes spans by OTLP over HTTP and keeps them. */
export class Collector {
  private constructor(
    readonly url: string,
    readonly spans: readonly CollectedSpan[],
    readonly close: () => Promise<void>,
  ) {}

  static async start(): Promise<Collector> {
    const collected: CollectedSpan[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.url === '/v1/traces')
          collected.push(...spansIn(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
        response.writeHead(request.url === '/v1/traces' ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new Collector(`http://127.0.0.1:${port}`, collected, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  }

  /** Those of one trace, once `isWhole` says so of them; those that are there when time is up. */
  async trace(
    traceId: string,
    isWhole: (spans: CollectedSpan[]) => boolean,
    timeoutMs = 15_000,
  ): Promise<CollectedSpan[]> {
    for (const end = Date.now() + timeoutMs; ;) {
      const found = this.spans.filter((span) => span.traceId === traceId);
      if (isWhole(found) || Date.now() > end) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function spansIn({ resourceSpans }: Sent): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(named(resource.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...span,
        service,
        failed: span.status?.code === FAILED,
        attributes: named(span.attributes),
      })),
    );
  });
}

const named = (attributes: readonly Attribute[]): CollectedSpan['attributes'] =>
  Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue, boolValue } }) => [
      key,
      stringValue ?? (intValue === undefined ? boolValue! : Number(intValue)),
    ]),
  );
