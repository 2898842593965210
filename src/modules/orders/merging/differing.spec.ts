import { ANSWER, rankOf } from '../reading/formats/format-ids.js';
import { questionsOfDiffering } from '../reading/differing.js';
import { lineOf, orderOf, type ReadOrder } from '../reading/reading.js';
import { differingIn } from './differing.js';
import { merge } from './merge.js';
import type { Source } from './source.js';

const order = (known: Partial<ReadOrder>): ReadOrder =>
  orderOf({ retailer: 'walmart', numberKey: '1', linesAre: 'charged', ...known });
let made = 0;
const source = (format: string, known: Partial<ReadOrder>): Source => {
  return { format, rank: rankOf(format), hash: String(made++), order: order(known) };
};
const fields = (...sources: Source[]) => differingIn(sources).open.map(({ field }) => field);

describe('accounts of one order that differ', () => {
  it('are asked about with who tells what, the one that is kept first', () => {
    const all = [
      source('walmart-csv', { totalCents: 999, orderedOn: '2026-01-02' }),
      source('walmart-xlsx', { totalCents: 1000, orderedOn: '2026-01-02' }),
    ];
    const values = [
      { value: 1000, by: 'walmart-xlsx' },
      { value: 999, by: 'walmart-csv' },
    ];
    expect(differingIn(all)).toEqual({ open: [{ field: 'totalCents', values }], answered: [] });
    expect(differingIn(all.toReversed())).toEqual(differingIn(all));
    expect(merge(all)!.totalCents).toBe(1000);
  });

  it('are asked about of one format, too', () => {
    expect(fields(source('walmart-csv', { taxCents: 10 }), source('walmart-csv', { taxCents: 20 }))).toEqual([
      'taxCents',
    ]);
  });

  it.each<[string, Source[]]>([
    [
      'one of them was expected',
      [source('walmart-har', { totalCents: 5 }), source('walmart-mail', { totalCents: 6, isEstimate: true })],
    ],
    [
      'one is what was ordered',
      [source('walmart-har', { totalCents: 5 }), source('walmart-list', { totalCents: 6, linesAre: 'ordered' })],
    ],
    [
      'a later mail corrects an earlier',
      [
        source('walmart-mail', { totalCents: 5, asOf: '2026-01-01T00:00:00.000Z' }),
        source('walmart-mail', { totalCents: 6, asOf: '2026-01-03T00:00:00.000Z' }),
      ],
    ],
    [
      'something was given back meanwhile',
      [
        source('walmart-har', { totalCents: 5, lines: [lineOf({ name: 'Milk', state: 'returned' })] }),
        source('walmart-csv', { totalCents: 6 }),
      ],
    ],
    ['they say the same', [source('walmart-har', { totalCents: 5 }), source('walmart-csv', { totalCents: 5 })]],
  ])('are no question where %s', (_why, sources) => {
    expect(fields(...sources)).toEqual([]);
  });

  it('are settled by an answer, over every file, and by the last of several', () => {
    const files = [source('walmart-har', { totalCents: 5 }), source('walmart-csv', { totalCents: 6 })];
    const said = (totalCents: number, day: string) =>
      source(ANSWER, { totalCents, isEvidence: true, linesAre: 'unknown', asOf: `2026-01-${day}T00:00:00.000Z` });
    expect(differingIn([...files, said(6, '01')])).toEqual({ open: [], answered: ['totalCents'] });
    expect(merge([...files, said(6, '01')])).toMatchObject({ totalCents: 6, sources: { totalCents: ANSWER } });
    expect(merge([said(5, '02'), ...files, said(6, '01')])!.totalCents).toBe(5);
    expect(merge([said(5, '02')])).toBeNull();
  });
});

describe('accounts of one order whose lines cost differently', () => {
  const told = (file: string, rice: number, known: Partial<ReadOrder> = {}): Source => {
    const lines = [lineOf({ name: 'Rice', lineCents: rice }), lineOf({ name: 'Milk', lineCents: 350 })];
    return { ...source('walmart-csv', { lines, ...known }), hash: file, file };
  };
  const said = (known: Partial<ReadOrder>) => source(ANSWER, { isEvidence: true, linesAre: 'unknown', ...known });
  const riceOf = (sources: Source[]) => merge(sources)!.lines.find(({ name }) => name === 'Rice')!.lineCents;

  it('are shown as a contradiction and asked about, each by its file', () => {
    const all = [told('a.csv', 599), told('b.csv', 699)];
    expect(merge(all)!.contradictions).toEqual([
      {
        field: 'lines',
        kept: { name: 'Rice', lineCents: 599 },
        by: 'walmart-csv',
        other: { name: 'Rice', lineCents: 699 },
        from: 'walmart-csv',
      },
    ]);
    const { open } = differingIn(all);
    expect(open).toMatchObject([
      {
        field: 'lineAmounts',
        values: [
          { shown: 'Rice 5.99', by: 'walmart-csv in a.csv' },
          { shown: 'Rice 6.99', by: 'walmart-csv in b.csv' },
        ],
      },
    ]);
    const [question] = questionsOfDiffering([{ retailer: 'walmart', numberKey: '1', ...open[0]! }]);
    expect(question!.choices!.map(({ label }) => label)).toEqual([
      'Rice 5.99 (walmart-csv in a.csv)',
      'Rice 6.99 (walmart-csv in b.csv)',
    ]);
    const [, other] = open[0]!.values;
    const answer = said({ lineAmounts: other!.value as string });
    expect(riceOf([...all, answer])).toBe(699);
    expect(differingIn([...all, answer])).toEqual({ open: [], answered: ['lineAmounts'] });
  });

  it('take the lines of the file whose total holds, and the total of the file whose lines hold', () => {
    const all = [told('a.csv', 599, { totalCents: 949 }), told('b.csv', 699, { totalCents: 1049 })];
    expect(fields(...all)).toEqual(['totalCents', 'lineAmounts']);
    const byTotal = [...all, said({ totalCents: 1049 })];
    expect(riceOf(byTotal)).toBe(699);
    expect(differingIn(byTotal).open).toEqual([]);
    expect(riceOf([...all, said({ totalCents: 949 })])).toBe(599);
    const lineAmounts = differingIn(all).open[1]!.values[1]!.value as string;
    expect(merge([...all, said({ lineAmounts })])).toMatchObject({
      totalCents: 1049,
      sources: { totalCents: 'walmart-csv' },
    });
    expect(differingIn([...all, said({ lineAmounts })]).open).toEqual([]);
  });

  it('are no question where rows are split otherwise, were expected alone, or are told by one of them', () => {
    const whole = source('walmart-har', { lines: [lineOf({ name: 'Rice', lineCents: 1198 })] });
    const rice = lineOf({ name: 'Rice', lineCents: 599 });
    expect(fields(whole, source('walmart-pdf', { lines: [rice, { ...rice }] }))).toEqual([]);
    expect(fields(whole, source('walmart-mail', { lines: [rice], isEstimate: true }))).toEqual([]);
    expect(fields(whole, source('walmart-csv', { lines: [lineOf({ name: 'Rice' })] }))).toEqual([]);
  });
});
