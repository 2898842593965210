import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { read } from '../reading/read.js';
import type { SourceFile } from '../reading/reading.js';

/** What a thread of the Reader runs: one read, its answer told in parts, each when it is asked for: taking all at once would hold the process. */
const ORDERS_A_PART = 200;
const { files, hint } = workerData as { files: SourceFile[]; hint: string | null };

async function answer(): Promise<void> {
  const port = parentPort!;
  const found = await read(files, hint);
  if ('refused' in found) return port.postMessage(found);
  const { orders, ...rest } = found;
  for (let at = 0; at < orders.length; at += ORDERS_A_PART) {
    port.postMessage({ part: orders.slice(at, at + ORDERS_A_PART) });
    await once(port, 'message');
  }
  port.postMessage({ ...rest, orders: [] });
}

void answer();
