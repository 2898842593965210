import { toldToPeople } from './table.js';

describe('an answer told to people', () => {
  it('is a table where it is a list, with a column for each part of a part', () => {
    const data = [
      { id: 'a', day: { p95Ms: 610, p50Ms: null }, tags: ['x'], note: null },
      { id: 'bcd', day: { p95Ms: 7, p50Ms: null }, tags: [], note: 'n'.repeat(60) },
    ];
    expect(toldToPeople({ data, nextCursor: null }).split('\n')).toEqual([
      `id   day.p95Ms  note`,
      `a    610`,
      `bcd  7          ${'n'.repeat(47)}…`,
    ]);
  });

  it('is JSON where it is none, and says so where there is nothing', () => {
    expect(toldToPeople({ version: 3, inForce: {} })).toBe('{\n  "version": 3,\n  "inForce": {}\n}');
    expect(toldToPeople({ data: [] })).toBe('none');
  });
});
