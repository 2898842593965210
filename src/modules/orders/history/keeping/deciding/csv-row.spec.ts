import { CSV_COLUMNS, csvHeader, csvRow } from './csv-row.js';

const nameIn = (name: string): string =>
  csvRow({ sort: 'line', name }).split(',').slice(7, -1).join(',').split(',,')[0]!;

describe('a row of CSV', () => {
  it.each([
    ['=1+1', `'=1+1`],
    ['+12', `'+12`],
    ['-12', `'-12`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\t=1', `'\t=1`],
    ['plain', 'plain'],
    ['a = b', 'a = b'],
  ])('guards %j', (name, cell) => {
    expect(nameIn(name)).toBe(cell);
  });

  it('quotes commas, quotes and line ends, after the guard', () => {
    expect(nameIn('=a "b", c')).toBe(`"'=a ""b"", c"`);
  });

  it('leaves numbers as they are, and what is unknown empty', () => {
    expect(csvRow({ sort: 'line', cents: -5, quantity: null })).toMatch(/^line,,,,,,,,,,-5,,/);
  });

  it('has a cell for each column, and the whole row in the last', () => {
    const row = { sort: 'product', id: 'prd_1', gtin: '42' };
    const [, data] = /,"(\{.*\})"\r\n$/.exec(csvRow(row))!;
    expect(JSON.parse(data!.replaceAll('""', '"'))).toEqual(row);
    expect(csvHeader().trim().split(',')).toEqual([...CSV_COLUMNS]);
  });
});
