import { execFileSync } from 'node:child_process';

/** What a rule of the house says of `args`. It is a module that jest does not read, so Node runs it. */
function said(module: string, rule: string, ...args: readonly unknown[]): string[] {
  const script = `import { readFileSync } from 'node:fs';
    import { ${rule} } from './dev/lib/${module}.mjs';
    console.log(JSON.stringify(${rule}(...JSON.parse(readFileSync(0, 'utf8')))));`;
  const input = JSON.stringify(args);
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', script], { input, encoding: 'utf8' });
  return JSON.parse(told) as string[];
}

const missingIn = (glossary: string, paths: readonly string[]): string[] =>
  said(
    'house',
    'roomsWithoutWords',
    paths.map((path) => ({ path, text: '' })),
    glossary,
  );

describe('the glossary', () => {
  it('has to name every room and every module, each once however many files it has', () => {
    const paths = [
      'src/main.ts',
      'src/events/a.ts',
      'src/modules/live/a.ts',
      'src/modules/live/b/c.ts',
      'dev/check.mjs',
    ];
    expect(missingIn('events of live', paths)).toEqual([
      'events is not in docs/glossary.md; give its words, and name it there as `events`',
      'modules/live is not in docs/glossary.md; give its words, and name it there as `modules/live`',
    ]);
    expect(missingIn('what happened: `events`; who follows: `modules/live`', paths)).toEqual([]);
  });
});

describe('an index of a later migration', () => {
  const path = 'migrations/1764200000000-later.ts';
  it('is made beside others, unless its table is made with it', () => {
    const text = `CREATE TABLE notes (id text); CREATE INDEX notes_id ON notes (id); CREATE INDEX routes_at
      ON routes (at); CREATE INDEX CONCURRENTLY routes_by ON routes (by)`;
    expect(said('tables', 'blockingIndexes', [{ path, text }])).toEqual([
      `${path} makes routes_at while nobody can write routes; use createIndex() of migrations/support, without a transaction`,
    ]);
  });
});
