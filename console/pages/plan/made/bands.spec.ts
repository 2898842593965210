import { cellOf, gridOf, type ProofRow } from './bands.js';

const rowOf = (part: Partial<ProofRow>): ProofRow => ({
  date: '2026-11-29',
  personId: 'ann',
  nutrient: 'kcal',
  min: 2000,
  max: 2200,
  target: 2100,
  value: 2100,
  error: 0,
  isMet: true,
  unknownFoods: [],
  sources: [],
  ...part,
});
const at = (part: Partial<ProofRow>): number => cellOf(rowOf(part)).at;

describe('cellOf', () => {
  it('lays a closed band in the middle, however wide it is', () => {
    expect(cellOf(rowOf({}))).toMatchObject({ from: 0.3, to: 0.7 });
    expect(at({})).toBeCloseTo(0.5);
    expect([at({ value: 2000 }), at({ value: 2200 })].map((share) => share.toFixed(3))).toEqual(['0.300', '0.700']);
  });

  it('keeps a miss outside the band, on the screen', () => {
    expect(at({ value: 1000 })).toBeCloseTo(0.15);
    expect(at({ value: 3300 })).toBeCloseTo(0.85);
    expect([at({ value: 0 }), at({ value: 99_999 })]).toEqual([0, 1]);
  });

  it('lets an open end go on to the edge', () => {
    const least = { min: 30, max: null };
    expect(cellOf(rowOf({ ...least, value: 30 }))).toMatchObject({ from: 0.3, to: 1, at: 0.3 });
    expect(at({ ...least, value: 90 })).toBe(1);
    const most = { min: null, max: 2300 };
    expect(cellOf(rowOf({ ...most, value: 1150 }))).toMatchObject({ from: 0, to: 0.7, at: 0.35 });
    expect(at({ ...most, value: 0 })).toBe(0);
    expect(at({ min: 0, max: 0, value: 0 })).not.toBeNaN();
  });
});

it('puts nutrients down and days across, and leaves a hole where a day does not hold one', () => {
  const rows = [
    rowOf({ date: '2026-11-30' }),
    rowOf({}),
    rowOf({ nutrient: 'iron_mg', min: 18, max: 45, value: 20 }),
    rowOf({ personId: 'bob' }),
  ];
  const { dates, nutrients } = gridOf(rows, 'ann');
  expect(dates).toEqual(['2026-11-29', '2026-11-30']);
  expect(nutrients.map(({ nutrient, cells }) => [nutrient, ...cells.map((cell) => cell?.row.value ?? null)])).toEqual([
    ['kcal', 2100, 2100],
    ['iron_mg', 20, null],
  ]);
});
