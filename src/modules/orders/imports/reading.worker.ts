import { parentPort, workerData } from 'node:worker_threads';
import { read } from '../reading/read.js';
import type { SourceFile } from '../reading/reading.js';

/** What a thread of the Reader runs: one read, one answer. */
const { files, hint } = workerData as { files: SourceFile[]; hint: string | null };
void read(files, hint).then((answer) => parentPort!.postMessage(answer));
