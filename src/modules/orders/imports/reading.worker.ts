import { parentPort, workerData } from 'node:worker_threads';
import { read } from '../reading/read.js';
import type { SourceFile } from '../reading/reading.js';
import { batchesOf, numbered } from './numbered.js';

/** What a thread of the Reader runs: one read, one answer, its orders in batches of bytes that are handed over and not copied. */
const { files, hint, withoutNumbers, today, importId } = workerData as {
  files: SourceFile[];
  hint: string | null;
  withoutNumbers: 'ask' | 'accept';
  today: string;
  importId: string;
};

async function answer(): Promise<void> {
  const found = await read(files, hint, today, importId);
  if ('refused' in found) return parentPort!.postMessage(found);
  const { orders, ...rest } = found;
  // Each in memory of its own: what shares some cannot be handed over.
  const batches = batchesOf(numbered(orders, withoutNumbers)).map((batch) =>
    new TextEncoder().encode(JSON.stringify(batch)),
  );
  parentPort!.postMessage(
    { ...rest, batches },
    batches.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

void answer();
