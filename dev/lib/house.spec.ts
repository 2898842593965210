import { execFileSync } from 'node:child_process';

/** What the check says of rooms, `path` by `path`, under a made-up glossary. It is a module that jest does not read, so Node runs it. */
function missingIn(glossary: string, paths: readonly string[]): string[] {
  const script = `import { readFileSync } from 'node:fs';
    import { roomsWithoutWords } from './dev/lib/house.mjs';
    const { files, glossary } = JSON.parse(readFileSync(0, 'utf8'));
    console.log(JSON.stringify(roomsWithoutWords(files, glossary)));`;
  const input = JSON.stringify({ glossary, files: paths.map((path) => ({ path, text: '' })) });
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { input, encoding: 'utf8' });
  return JSON.parse(said) as string[];
}

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
