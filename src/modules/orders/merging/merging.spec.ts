import { readFileSync } from 'node:fs';
import { RANKS } from '../reading/formats/format-ids.js';
import { lineOf, noFacts, orderOf, type ReadLine, type ReadOrder } from '../reading/reading.js';
import { align } from './align.js';
import { candidateKeyOf, dayInKey, isCandidateKey, settle } from './candidates.js';
import { merge } from './merge.js';
import type { Source } from './source.js';
import { reconcile } from './reconcile.js';

const bought = (name: string, lineCents: number | null, more: Partial<ReadLine> = {}) =>
  lineOf({ name, quantity: 1, lineCents, listedCents: lineCents, state: 'bought', ...more });
const order = (known: Partial<ReadOrder> = {}) =>
  orderOf({
    retailer: 'walmart',
    numberKey: '200013100000001',
    linesAre: 'charged',
    orderedOn: '2025-04-01',
    ...known,
  });
const source = (format: string, rank: number, told: ReadOrder): Source => ({ format, rank, hash: format, order: told });
const placed = (slot: string, told: ReadOrder) => ({
  slot,
  retailer: told.retailer,
  merged: merge([source('a', 40, { ...told, isEvidence: false })])!,
});

describe('the document of formats', () => {
  it('says of formats how much each is believed', () => {
    const text = readFileSync('docs/order-files.md', 'utf8');
    const rows = [...text.matchAll(/^\| `([a-z-]+)` +\|.*\| (\d+) +\|$/gm)].map(([, id, rank]) => [id, Number(rank)]);
    expect(rows.length).toBeGreaterThan(11);
    expect(RANKS).toMatchObject(Object.fromEntries(rows));
  });
});

describe('lines that cost more than their order', () => {
  it('do not add up, though no subtotal is told', () => {
    const lines = [bought('Milk', 350), bought('Bread', 999)];
    const of = (known: object) => reconcile({ ...noFacts(), ...known }, lines, true);
    expect(of({ totalCents: 350 })).toMatchObject({ items: null, total: false, reconciled: 'none' });
    for (const known of [{ totalCents: 1349 }, { totalCents: 1400 }, { totalCents: 350, savingsCents: 999 }])
      expect(of(known)).toMatchObject({ items: null, total: null });
  });
});

describe('merging accounts', () => {
  it('takes each field from the strongest that knows it, names it, and shows where money differs', () => {
    const weak = order({ totalCents: 1100, taxCents: 60, lines: [bought('Milk', 500)] });
    const strong = order({ totalCents: 1000, lines: [bought('Milk', 500, { usItemId: '1' })] });
    const all = [source('mail', 20, weak), source('csv', 40, strong)];
    const merged = merge(all)!;
    expect(merged).toMatchObject({ totalCents: 1000, taxCents: 60, sources: { totalCents: 'csv', taxCents: 'mail' } });
    expect(merged.contradictions).toEqual([{ field: 'totalCents', kept: 1000, by: 'csv', other: 1100, from: 'mail' }]);
    expect(merge(all.toReversed())).toEqual(merged);
  });

  it('is no order of evidence alone', () => {
    expect(merge([source('csv', 40, order({ isEvidence: true, totalCents: 100 }))])).toBeNull();
  });

  it('tells lines of one name and two prices apart, and a name that is cut off from its whole', () => {
    const base = [bought('Rye Bread, 20 oz', 300), bought('Rye Bread, 20 oz', 350), bought('Oat Milk, 64 fl oz', 400)];
    const others = [
      bought('Oat Mi…', 400, { isCut: true }),
      bought('Rye Bread, 20 oz', 350),
      bought('Rye Bread, 20 oz', 300),
    ];
    expect(align(base, others)).toEqual([2, 1, 0]);
    expect(align([bought('A', 1, { usItemId: '1' })], [bought('A', 1, { usItemId: '2' })])).toEqual([null]);
  });
});

describe('the two checks of an order', () => {
  const facts = (known: object) => ({ ...noFacts(), ...known });
  const lines = [
    bought('Milk', 500),
    lineOf({ name: 'Eggs', state: 'unavailable', quantity: 0, lineCents: 0, listedCents: 300 }),
  ];

  it.each([
    ['lines and total that add up', { subtotalCents: 500, taxCents: 40, totalCents: 540 }, 'both', null],
    [
      'savings within the subtotal',
      { subtotalBeforeCents: 600, savingsCents: 100, subtotalCents: 500, taxCents: 0, totalCents: 500 },
      'both',
      'in_subtotal',
    ],
    [
      'savings off the total',
      { savingsCents: 100, subtotalCents: 500, taxCents: 0, totalCents: 400 },
      'both',
      'after_subtotal',
    ],
    ['a line that is missing', { subtotalCents: 700, taxCents: 0, totalCents: 700 }, 'total', null],
    ['a charge that nobody tells', { subtotalCents: 500, taxCents: 0, totalCents: 800 }, 'items', null],
    ['no subtotal', { totalCents: 500 }, 'none', null],
  ])('of %s', (_what, known, reconciled, savingsKind) => {
    expect(reconcile(facts(known), lines, true)).toMatchObject({ reconciled, savingsKind });
  });

  it('never hold for what was ordered, nor where a price is not known', () => {
    const known = facts({ subtotalCents: 500, totalCents: 500, taxCents: 0 });
    expect(reconcile(known, lines, false).items).toBeNull();
    expect(reconcile(known, [...lines, bought('Tea', null)], true).items).toBeNull();
  });
});

describe('candidates, which name no order', () => {
  const lines = [bought('Milk', 500), bought('Eggs', 300)];
  const candidate = (known: Partial<ReadOrder> = {}) => order({ numberKey: null, isEvidence: true, lines, ...known });
  const where = (told: ReadOrder, ...orders: ReadOrder[]) =>
    settle(
      [placed('c', told)],
      orders.map((one, at) => placed(`o${at}`, one)),
    ).get('c');

  it('are kept by their day and what they hold, in whatever order it is written', () => {
    const key = candidateKeyOf(candidate());
    expect([isCandidateKey(key), dayInKey(key)]).toEqual([true, '2025-04-01']);
    expect(candidateKeyOf(candidate({ lines: lines.toReversed() }))).toBe(key);
    expect(dayInKey(candidateKeyOf(candidate({ orderedOn: null })))).toBeNull();
  });

  it('go to the one order that fits, and to none where two do or an amount, a total or a shop differs', () => {
    expect(where(candidate(), order({ lines, totalCents: 800 }))).toBe('o0');
    expect(where(candidate({ orderedOn: null }), order({ lines, orderedOn: '2025-05-09' }))).toBe('o0');
    expect(where(candidate({ orderedOn: null }), order({ lines }), order({ lines }))).toBeUndefined();
    const other = [bought('Milk', 500), bought('Eggs', 301)];
    expect(where(candidate(), order({ lines: other }))).toBeUndefined();
    expect(where(candidate({ totalCents: 900, orderedOn: null }), order({ lines, totalCents: 800 }))).toBeUndefined();
    expect(where(candidate({ storeNumber: '1', orderedOn: null }), order({ lines, storeNumber: '2' }))).toBeUndefined();
  });

  it('tell nothing new where several orders of their day hold all their lines', () => {
    expect(where(candidate(), order({ lines: [lines[0]!] }), order({ lines: [lines[1]!] }))).toBeNull();
    expect(where(candidate(), order({ lines: [lines[0]!], orderedOn: '2025-04-02' }))).toBeUndefined();
  });

  it('that a till printed piece by piece are of the order that counts them', () => {
    const pieces = [bought('Milk', 250), bought('Milk', 250), bought('Eggs', 300)];
    expect(
      where(
        candidate({ lines: pieces }),
        order({ lines: [bought('Milk', 500, { quantity: 2 }), bought('Eggs', 300)] }),
      ),
    ).toBe('o0');
  });
});
