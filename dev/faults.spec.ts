import { readFileSync } from 'node:fs';

const ROWS = { K: 17, R: 6, B: 7, P: 6, V: 9, C: 2, Q: 5, W: 12, S: 19 };

/** test/README.md, row by row. */
const rows = readFileSync('test/README.md', 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, id]) => /^[A-Z]\d+$/.test(id ?? ''))
  .map(([, id, , held]) => ({ id: id!, held: held!.split('<br>') }));

describe('the list of faults', () => {
  it('has each once, with what holds it', () => {
    const wanted = Object.entries(ROWS).flatMap(([kind, count]) =>
      Array.from({ length: count }, (_, index) => `${kind}${index + 1}`),
    );
    expect(rows.map(({ id }) => id)).toEqual(wanted);
  });

  it('names tests that are there under that title, and drills that can be run', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const wrong = rows.flatMap(({ id, held }) =>
      held
        .filter((one) => {
          const drill = /^`npm run (\S+)`$/.exec(one);
          if (drill) return !(drill[1]! in scripts);
          const test = /^`(\S+\.spec\.ts)`: (.+)$/.exec(one);
          return test ? !readFileSync(test[1]!, 'utf8').includes(test[2]!) : !one.startsWith('open');
        })
        .map((one) => `${id}: ${one}`),
    );
    expect(wrong).toEqual([]);
  });
});
