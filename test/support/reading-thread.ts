import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import type { Read } from '../../src/modules/orders/reading/read.js';
import type { Refusal, SourceFile } from '../../src/modules/orders/reading/reading.js';

const SOURCE = `
  import { parentPort } from 'node:worker_threads';
  import { read } from './read.js';
  parentPort.on('message', async ({ files, hint }) => {
    try { parentPort.postMessage({ answer: await read(files, hint) }); }
    catch (error) { parentPort.postMessage({ thrown: String(error) }); }
  });`;

/** Reading in a thread of its own, as it is built: what is loaded late is an import that suites cannot do themselves. */
export class ReadingThread {
  private constructor(
    private readonly thread: Worker,
    private readonly folder: string,
  ) {}

  static start(): ReadingThread {
    const cache = join(process.cwd(), 'node_modules', '.cache');
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(join(cache, 'reading-'));
    const outfile = join(folder, 'thread.cjs');
    const resolveDir = join(process.cwd(), 'src', 'modules', 'orders', 'reading');
    buildSync({
      stdin: { contents: SOURCE, resolveDir, loader: 'js' },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['unpdf'],
      logLevel: 'error',
    });
    return new ReadingThread(new Worker(outfile), folder);
  }

  /** Rejects with what was thrown past the door of reading, which nothing may be, and when no answer comes in time. */
  read(files: readonly SourceFile[], hint: string | null = null, withinMs = 20_000): Promise<Read | Refusal> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer within ${withinMs} ms`)), withinMs);
      this.thread.once('message', (message: { answer?: Read | Refusal; thrown?: string }) => {
        clearTimeout(timer);
        if (message.answer) resolve(message.answer);
        else reject(new Error(message.thrown));
      });
      this.thread.postMessage({
        files: files.map(({ name, bytes }) => ({ name, bytes: Uint8Array.from(bytes) })),
        hint,
      });
    });
  }

  async close(): Promise<void> {
    await this.thread.terminate();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
