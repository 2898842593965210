import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { builtFile } from '../../../platform/data-file.js';
import type { Read } from '../reading/read.js';
import type { Refusal, SourceFile } from '../reading/reading.js';
import { isOverTime } from './reading-time.js';

const FILE = builtFile('src', 'modules', 'orders', 'imports', 'reading.worker.js');
const EACH_MS = 100;
const LIMIT_MB = 256;
const TOO_LONG = 'Reading the file took longer than the 10 seconds that it may take; send it in parts.';
const TOO_LARGE = 'Reading the file took more than the 256 MB of memory that it may take; send it in parts.';
const BROKEN = 'The file cannot be read to its end; export it again.';

/** What was read, its orders as JSON: they are many, and are needed some at a time. */
export type ReadInBatches = Omit<Read, 'orders'> & { batches: Uint8Array[] };

/** Reads files in a thread of their own, whose memory and time are bounded: whatever they hold, the process goes on. */
@Injectable()
export class Reader {
  /** Rejects only when `signal` is aborted. */
  async read(
    importId: string,
    files: readonly SourceFile[],
    asked: { format: string | null; withoutNumbers: 'ask' | 'accept' },
    signal: AbortSignal,
  ): Promise<ReadInBatches | Refusal> {
    signal.throwIfAborted();
    const given = files.map(({ name, bytes }) => ({ name, bytes: Uint8Array.from(bytes) }));
    const thread = new Worker(FILE, {
      workerData: { importId, files: given, hint: asked.format, withoutNumbers: asked.withoutNumbers, today: today() },
      transferList: given.map(({ bytes }) => bytes.buffer),
      resourceLimits: { maxOldGenerationSizeMb: LIMIT_MB, maxYoungGenerationSizeMb: 32 },
    });
    const over = new AbortController();
    try {
      return await new Promise<ReadInBatches | Refusal>((resolve, reject) => {
        const giveUp = (refused: string) => () => resolve({ refused });
        // Its time begins once it runs: a machine with much to do starts threads late.
        thread.once('online', () => {
          const timer = whenOverTime(giveUp(TOO_LONG));
          over.signal.addEventListener('abort', () => clearInterval(timer));
        });
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true, signal: over.signal });
        thread.on('message', resolve);
        thread.on('error', (error: NodeJS.ErrnoException) =>
          giveUp(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? TOO_LARGE : BROKEN)(),
        );
        thread.on('exit', giveUp(BROKEN));
      });
    } finally {
      over.abort();
      await thread.terminate();
    }
  }
}

const today = (): string => new Date(databaseNow()).toISOString().slice(0, 10);

/** Looks at clock and work from now on. */
function whenOverTime(giveUp: () => void): NodeJS.Timeout {
  const [began, before] = [performance.now(), process.cpuUsage()];
  return setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    if (isOverTime(performance.now() - began, (user + system) / 1000)) giveUp();
  }, EACH_MS);
}
