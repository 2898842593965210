import { subscribe } from 'node:diagnostics_channel';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { startSimulator } from '../../simulator/main.js';
import { wallClock } from './clock.js';

/**
 * The providers of one step, in a process of their own: the product's simulator with its seeded delays, and for each answer the moment
 * its last byte was handed to the network. That moment is the same kind of fact for every system, whatever its own clock or loop says.
 */
const SEED = 1;
const LATENCY = { medianMs: 80, p99Ms: 600 };

async function main(): Promise<void> {
  const simulator = await startSimulator({ port: 0, seed: SEED, latency: LATENCY });
  let now = wallClock();
  let landed: [reference: string, atMs: number][] = [];
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse };
    const reference = referenceOf(response);
    response.once('finish', () => landed.push([reference(), now()]));
  });
  process.on('message', () => {
    process.send!({ type: 'landed', landed });
    landed = [];
    now = wallClock();
  });
  process.once('disconnect', () => process.exit(0));
  process.send!({ type: 'ready', url: simulator.url });
}

/** The id that the simulator gives its answer: headers that go straight to `writeHead` cannot be read back from the response. */
function referenceOf(response: ServerResponse): () => string {
  let reference = '';
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    headers: OutgoingHttpHeaders,
  ) => ServerResponse;
  response.writeHead = ((status: number, headers: OutgoingHttpHeaders) => {
    reference = String(headers['x-nonce']);
    return writeHead(status, headers);
  }) as ServerResponse['writeHead'];
  return () => reference;
}

void main();
