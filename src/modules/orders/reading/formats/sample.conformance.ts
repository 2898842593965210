import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SourceFile } from '../reading.js';

/** The sample household: its files in every format, and what an import of one of them alone must give. */
const DATA = resolve('test/fixtures/orders');

/** `it` of what needs the sample; skipped where it is not there. */
export const onSample: jest.It = existsSync(DATA) ? it : it.skip;

export const HOSTILE_EXPECT = join(DATA, 'hostile/EXPECT.json');

export interface ExpectedOrder {
  numberKey: string;
  lines: Record<string, unknown>[];
  [field: string]: unknown;
}

export function expectedOf(format: string): ExpectedOrder[] {
  const script = `import { readFileSync } from 'node:fs'; import { expected } from './expected.mjs';
    console.log(JSON.stringify(expected(JSON.parse(readFileSync('household/truth.json')), ${JSON.stringify(format)})));`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: DATA, maxBuffer: 1 << 26 });
  return JSON.parse(out.toString()) as ExpectedOrder[];
}

export interface SampleTruth {
  mustNotStore: string[];
  formats: Record<string, { counts: { orders: number | null; lines: number; products: number } }>;
}

export const sampleTruth = (): SampleTruth =>
  JSON.parse(readFileSync(join(DATA, 'household/truth.json'), 'utf8')) as SampleTruth;

/** The folders of files under `household`. */
export const sampleFolders = (): string[] =>
  readdirSync(join(DATA, 'household'), { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? [`household/${one.name}`] : [],
  );

/** All files of a folder under `household`, or of `hostile`. */
export const sampleFiles = (folder: string): (SourceFile & { name: string })[] =>
  readdirSync(join(DATA, folder)).map((name) => ({ name, bytes: readFileSync(join(DATA, folder, name)) }));
