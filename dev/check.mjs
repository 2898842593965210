// npm run check: what a machine can say about the house. Every failure says what to do.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from './lib/build.mjs';
import { beyondFigures } from './lib/figures.mjs';
import { importsOutOfOrder, oddSubjects, productWords, roomsWithoutWords } from './lib/house.mjs';
import { ROOT, install } from './lib/prepare.mjs';
import { blockingIndexes, foreignTables, ownerless } from './lib/tables.mjs';

const FOLDERS = ['sdk', 'src', 'console', 'migrations', 'simulator', 'test', 'bench', 'dev', 'scripts'].filter((name) =>
  existsSync(join(ROOT, name)),
);
const bin = (name, ...path) => [process.execPath, join('node_modules', name, ...path)];

install();
build();
const files = FOLDERS.flatMap((folder) => sources(join(ROOT, folder)));
const failures = [
  ...tool(
    'format',
    bin('prettier', 'bin', 'prettier.cjs'),
    ['--check', '--log-level=warn', ...FOLDERS],
    'run: npm run format',
  ),
  ...tool(
    'lint',
    [join('node_modules', '.bin', 'oxlint')],
    ['--type-aware', '--report-unused-disable-directives', '--deny-warnings', ...FOLDERS],
    'mend what oxlint names above',
  ),
  ...['tsconfig.json', join('console', 'tsconfig.json')].flatMap((project) =>
    tool('types', bin('typescript', 'bin', 'tsc'), ['--noEmit', '-p', project], 'mend the types named above'),
  ),
  ...tool(
    'floors',
    bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
    ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'sdk', 'src', 'console', 'migrations', 'simulator'],
    'an import goes up or sideways; see ARCHITECTURE.md, Floors',
  ),
  ...tool('unused', bin('knip', 'bin', 'knip.js'), ['--no-progress'], 'delete what knip names above, or use it'),
  ...tool(
    'generated',
    [process.execPath, join('dist', 'scripts', 'generate.js')],
    ['--check'],
    'run: npm run generate',
  ),
  ...tool(
    'contracts',
    [process.execPath, join('dist', 'scripts', 'contracts.js')],
    [],
    'mend what is invalid in the documents of the API or the events, named above',
  ),
  ...importsOutOfOrder(files),
  ...productWords(files),
  ...oddSubjects(ROOT),
  ...roomsWithoutWords(files, readFileSync(join(ROOT, 'docs', 'glossary.md'), 'utf8')),
  ...foreignTables(files),
  ...ownerless(files),
  ...blockingIndexes(files),
  ...beyondFigures(files),
  ...files
    .filter(
      ({ path, text }) =>
        path.startsWith('src') &&
        path !== join('src', 'read-config.ts') &&
        !path.endsWith('.spec.ts') &&
        /process\.env\b/.test(text),
    )
    .map(({ path }) => `${path} reads process.env; only src/read-config.ts may`),
];

const lengths = files
  .filter(({ path }) => path.startsWith('src'))
  .map(({ lines }) => lines)
  .sort((a, b) => a - b);
const at = (share) => lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))];
console.log(`src: ${lengths.length} files, lines median ${at(0.5)}, p95 ${at(0.95)}, max ${lengths.at(-1)}`);
for (const failure of failures) console.error(`✗ ${failure}`);
console.log(failures.length === 0 ? 'check: all is well' : `check: ${failures.length} to mend`);
process.exit(failures.length === 0 ? 0 : 1);

function tool(name, [command, ...before], args, remedy) {
  const { status, stdout, stderr } = spawnSync(command, [...before, ...args], { cwd: ROOT, encoding: 'utf8' });
  if (status === 0) return [];
  console.error(`${stdout ?? ''}${stderr ?? ''}`.trim());
  return [`${name}: ${remedy}`];
}

function sources(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    if (!/\.(tsx?|mjs)$/.test(name)) return [];
    const text = readFileSync(path, 'utf8');
    return [{ path: relative(ROOT, path), text, lines: text.split('\n').length - 1 }];
  });
}
