import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { SimulatedReply } from '../src/modules/providers/simulation.js';
import { spoil, type Fault } from './faults.js';
import { misspoken } from './messages/misspoken.js';

const HUGE_BYTES = 10 * 1024 * 1024;
const BOMB_BYTES = 32 * 1024 * 1024;
let bomb: Buffer | null = null;
const MILLION = 1_000_000;
const DRIP_EVERY_MS = 1000;

export function send(response: ServerResponse, reply: SimulatedReply, nonce: string): void {
  response.writeHead(reply.status, { 'content-type': 'application/json', 'x-nonce': nonce, ...reply.headers });
  response.end(textOf(reply));
}

/** The reply as it would have been, sent the way the fault has it. A hanging answer is left open for the caller to close. */
export async function misbehave(
  fault: Fault,
  reply: SimulatedReply,
  response: ServerResponse,
  nonce: string,
): Promise<void> {
  const json = textOf(reply);
  switch (fault.mode) {
    case 'hang':
      return;
    case 'slow':
      await pause(fault.ms ?? 1000, response);
      return send(response, reply, nonce);
    case 'drip':
      return drip(response, json);
    case 'reset':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(json.length + 1) });
      response.write(json.slice(0, Math.ceil(json.length / 2)), () => response.destroy());
      return;
    case 'huge':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(Buffer.alloc(HUGE_BYTES, 0x20));
      return;
    case 'gzip_bomb':
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end((bomb ??= gzipSync(Buffer.alloc(BOMB_BYTES, 0x20), { level: 1 })));
      return;
    case 'million_items':
      return millionItems(response, json);
    default:
      return send(
        response,
        { ...reply, body: spoil(fault.mode, json) ?? misspoken(fault.mode, json) ?? reply.body },
        nonce,
      );
  }
}

function textOf(reply: SimulatedReply): string {
  if (reply.body === null) return '';
  return typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
}

/** Headers at once, then one byte a second. */
function drip(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  let index = 0;
  const timer = setInterval(() => response.write(text[index++] ?? ' '), DRIP_EVERY_MS);
  response.once('close', () => clearInterval(timer));
}

/** The first object of the reply's first list, a million times, for as long as the caller takes it. */
async function millionItems(response: ServerResponse, json: string): Promise<void> {
  const start = json.indexOf('[') + 1;
  const item = start > 0 ? JSON.stringify(firstOf(JSON.parse(json)) ?? {}) : '{}';
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write(start > 0 ? json.slice(0, start) : '{"data":[');
  for (let count = 0; count < MILLION && !response.destroyed; count += 1000) {
    const room = response.write(`${item},`.repeat(1000));
    if (!room) await roomIn(response);
  }
  response.end(`${item}]}`);
}

function roomIn(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.once('drain', go).once('close', go);
  });
}

function firstOf(value: unknown): unknown {
  if (Array.isArray(value)) return value[0];
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.values(value)
    .map(firstOf)
    .find((found) => found !== undefined);
}

/** Ends early when the caller has gone. */
function pause(ms: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
