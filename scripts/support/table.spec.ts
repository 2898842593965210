import { toldToPeople } from './table.js';

describe('an answer told to people', () => {
  it('is a table where it is a list, with a column for each part of a part', () => {
    const data = [
      { id: 'a', day: { p95Ms: 610.4999, p50Ms: null }, tags: ['x', 'y'], note: null },
      { id: 'bcd', day: { p95Ms: 7, p50Ms: null }, tags: [], note: 'n'.repeat(60) },
    ];
    expect(toldToPeople({ data, nextCursor: null }).split('\n')).toEqual([
      `id   day.p95Ms  tags  note`,
      `a    610.5      x, y`,
      `bcd  7                ${'n'.repeat(47)}…`,
    ]);
  });

  it('is a line for each fact where it is none, and says so where there is nothing', () => {
    const settings = { version: 3, set: {}, inForce: { LOOPGPT_QUORUM: '2', LOOPGPT_PRESET: 'balanced' }, note: null };
    expect(toldToPeople(settings).split('\n')).toEqual([
      'version                 3',
      'inForce.LOOPGPT_QUORUM  2',
      'inForce.LOOPGPT_PRESET  balanced',
    ]);
    expect(toldToPeople({ data: [] })).toBe('none');
  });

  it('keeps the facts beside a list, and every list', () => {
    expect(toldToPeople({ redriven: 3, act: 'act_1', skipped: [] }).split('\n')).toEqual([
      'redriven  3',
      'act       act_1',
      'skipped  none',
    ]);
    const changed = [{ routeId: 'req_1', winner: 'MEALME' }];
    expect(toldToPeople({ decisions: 8, changed }).split('\n')).toEqual([
      'decisions  8',
      'changed:',
      'routeId  winner',
      'req_1    MEALME',
    ]);
  });
});
