import { execFileSync } from 'node:child_process';

const file = (path: string, lines: readonly (readonly [line: number, times: number])[]) => ({
  path,
  statementMap: Object.fromEntries(lines.map(([line], id) => [id, { start: { line, column: 0 } }])),
  s: Object.fromEntries(lines.map(([, times], id) => [id, times])),
});

/** It is a module that jest does not read, so Node runs it. */
function coverageOf(...reports: readonly ReturnType<typeof file>[][]): { isEnough: boolean; sentence: string } {
  const script = `import { readFileSync } from 'node:fs';
    import { coverageOf } from './dev/lib/coverage.mjs';
    console.log(JSON.stringify(coverageOf(JSON.parse(readFileSync(0, 'utf8')))));`;
  const input = JSON.stringify(reports.map((files) => Object.fromEntries(files.map((one) => [one.path, one]))));
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { input, encoding: 'utf8' });
  return JSON.parse(said) as { isEnough: boolean; sentence: string };
}

describe('the coverage of lines', () => {
  const twenty = (ran: number) => Array.from({ length: 20 }, (_, line) => [line + 1, Number(line < ran)] as const);

  it('takes a line as covered that any of the runs reached, and of several statements of it any', () => {
    const once = file('/a.ts', [[1, 1], [2, 0], [2, 3], [3, 0]]); // prettier-ignore
    const again = file('/a.ts', [[1, 0], [2, 0], [2, 0], [3, 5]]); // prettier-ignore
    expect(coverageOf([once]).sentence).toBe('Lines covered: 66.6 % (2 of 3; at least 85)');
    expect(coverageOf([once], [again, file('/b.ts', [[1, 0]])]).sentence).toMatch(/^Lines covered: 75 % \(3 of 4;/);
  });

  it('is enough from 85 % on, never rounded up to it, and not where nothing was counted', () => {
    expect(coverageOf([file('/a.ts', twenty(17))])).toMatchObject({ isEnough: true });
    expect(coverageOf([file('/a.ts', twenty(16))])).toMatchObject({ isEnough: false });
    expect(coverageOf([]).isEnough).toBe(false);
  });
});
