import { createServer, type IncomingMessage } from 'node:http';
import { parseArgs } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { helpOn } from './support/terminal.js';

const USAGE = `npm run listen -- [--port 4000] [--secret whsec_…] [--status 204]
  Prints and verifies the webhooks that reach http://127.0.0.1:<port>/, and answers each with --status.
  Without --secret nothing can be verified; read the secret of per-request webhooks with
  curl -H "Authorization: Bearer $KEY" http://127.0.0.1:3000/v1/webhook-endpoints/default/secret`;
const MAX_BODY_BYTES = 1024 * 1024;
/** Ids are remembered a little longer than the five minutes for which a signature is accepted, so a replay is always noticed. */
const REMEMBER_MS = 6 * 60 * 1000;

/**
 * A receiver as it should be: reads the raw bytes, verifies signature and age before it parses, and knows an id it has seen. What
 * it is told by a body it cannot verify, it only prints.
 */
function main(): void {
  helpOn(USAGE);
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4000' },
      secret: { type: 'string' },
      status: { type: 'string', default: '204' },
    },
  });
  const [port, status] = [Number(values.port), Number(values.status)];
  if (!(Number.isInteger(port) && port >= 0 && port <= 65535 && status >= 200 && status <= 599)) throw new Error(USAGE);
  const verifier = values.secret === undefined ? null : new Webhook(values.secret);
  const seen = new Map<string, number>();

  const server = createServer((request, response) => {
    readBody(request).then(
      (body) => {
        const headers = request.headers as Record<string, string>;
        const verdict = verifier ? verify(verifier, body, headers) : 'not verified: no --secret';
        print(headers, body, verdict === null ? freshness(seen, headers['webhook-id'] ?? '') : verdict);
        response.writeHead(verdict === null || !verifier ? status : 401).end();
      },
      (error: unknown) => {
        console.error(`unreadable: ${String(error)}`);
        response.writeHead(413).end();
      },
    );
  });
  server.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    console.log(`listening on http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}/`);
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new Error(`more than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Null when signature and age are good. */
function verify(verifier: Webhook, body: string, headers: Record<string, string>): string | null {
  try {
    verifier.verify(body, headers, { jsonParse: false });
    return null;
  } catch (error) {
    return `REFUSED: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function freshness(seen: Map<string, number>, id: string): string {
  const now = Date.now();
  for (const [known, at] of seen) if (now - at > REMEMBER_MS) seen.delete(known);
  const repeated = seen.has(id);
  seen.set(id, now);
  return repeated ? 'verified, seen before' : 'verified';
}

function print(headers: Record<string, string>, body: string, verdict: string): void {
  console.log(`\n${new Date().toISOString()}  ${headers['webhook-id'] ?? 'no webhook-id'}  ${verdict}`);
  console.log(pretty(body));
}

/** Control characters are shown and not obeyed: whoever finds the port could write to the terminal. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return JSON.stringify(body);
  }
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
