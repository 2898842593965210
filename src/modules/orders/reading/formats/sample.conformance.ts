import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SourceFile } from '../reading.js';

/** The sample household, where it lies beside the project: its files, and what an import of one format alone must give. */
const DATA = resolve('../shared/data/own/orders');

/** `it` of what needs the sample; skipped where it is not there. */
export const onSample: jest.It = existsSync(DATA) ? it : it.skip;

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

export const sampleTruth = (): { mustNotStore: string[] } & Record<string, unknown> =>
  JSON.parse(readFileSync(join(DATA, 'household/truth.json'), 'utf8')) as { mustNotStore: string[] };

/** The folders of files under `household`. */
export const sampleFolders = (): string[] =>
  readdirSync(join(DATA, 'household'), { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? [`household/${one.name}`] : [],
  );

/** All files of a folder under `household`, or of `hostile`. */
export const sampleFiles = (folder: string): (SourceFile & { name: string })[] =>
  readdirSync(join(DATA, folder)).map((name) => ({ name, bytes: readFileSync(join(DATA, folder, name)) }));
