import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { builtFile } from '../../../platform/data-file.js';
import type { Read } from '../reading/read.js';
import type { Refusal, SourceFile } from '../reading/reading.js';
import { isOverTime } from './reading-time.js';

const FILE = builtFile('src', 'modules', 'orders', 'imports', 'reading.worker.js');
const EACH_MS = 100;
const LIMIT_MB = 256;
const TOO_MUCH = 'The file could not be read within 10 seconds and 256 MB; send it in parts.';

/** What was read, its orders as JSON: they are many, and are needed some at a time. */
export type ReadInBatches = Omit<Read, 'orders'> & { batches: Uint8Array[] };

/** Reads files in a thread of their own, whose memory and time are bounded: whatever they hold, the process goes on. */
@Injectable()
export class Reader {
  /** Rejects only when `signal` is aborted. */
  async read(
    files: readonly SourceFile[],
    asked: { format: string | null; withoutNumbers: 'ask' | 'accept' },
    signal: AbortSignal,
  ): Promise<ReadInBatches | Refusal> {
    signal.throwIfAborted();
    const given = files.map(({ name, bytes }) => ({ name, bytes: Uint8Array.from(bytes) }));
    const thread = new Worker(FILE, {
      workerData: { files: given, hint: asked.format, withoutNumbers: asked.withoutNumbers },
      transferList: given.map(({ bytes }) => bytes.buffer),
      resourceLimits: { maxOldGenerationSizeMb: LIMIT_MB, maxYoungGenerationSizeMb: 32 },
    });
    const over = new AbortController();
    try {
      return await new Promise<ReadInBatches | Refusal>((resolve, reject) => {
        const giveUp = () => resolve({ refused: TOO_MUCH });
        // Its time begins once it runs: a machine with much to do starts threads late.
        thread.once('online', () => {
          const timer = whenOverTime(giveUp);
          over.signal.addEventListener('abort', () => clearInterval(timer));
        });
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true, signal: over.signal });
        thread.on('message', resolve);
        thread.on('error', giveUp);
        thread.on('exit', giveUp);
      });
    } finally {
      over.abort();
      await thread.terminate();
    }
  }
}

/** Looks at clock and work from now on. */
function whenOverTime(giveUp: () => void): NodeJS.Timeout {
  const [began, before] = [performance.now(), process.cpuUsage()];
  return setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    if (isOverTime(performance.now() - began, (user + system) / 1000)) giveUp();
  }, EACH_MS);
}
