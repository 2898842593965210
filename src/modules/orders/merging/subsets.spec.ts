import { ReadingThread } from '../../../../test/support/reading-thread.js';
import { randomOf } from '../../../common/random.js';
import { rankOf } from '../reading/formats/format-ids.js';
import { expectedOf, onSample, sampleFiles, type ExpectedOrder } from '../reading/formats/sample.conformance.js';
import { isCharged, type LineState } from '../reading/reading.js';
import { merge, type Merged } from './merge.js';
import type { Source } from './source.js';

/** Folders of the sample household whose files name their orders; each alone is held against its truth elsewhere. */
const FOLDERS = [
  'a1-csv-pair',
  'a1-csv-pair-early',
  'a1-summary',
  'a1-accounting',
  'a2-detailed',
  'a3-har-script',
  'a5-no-header',
  'b-xlsx',
  'c-json',
  'd-page',
  'd-graphql',
  'd-list',
  'd-ledger',
  'e-har',
  'f-mail',
  'g-pdf',
  'h-receipt-text',
  'i-lookup',
];
const FIELDS = [
  'channel',
  'orderedOn',
  'orderedAt',
  'zone',
  'storeNumber',
  'isFuel',
  'subtotalBeforeCents',
  'savingsCents',
  'subtotalCents',
  'deliveryCents',
  'bagCents',
  'expressCents',
  'feesCents',
  'taxCents',
  'tipCents',
  'donationsCents',
  'refundCents',
  'totalCents',
] as const;
/** RUNS asks for more. */
const SUBSETS = Number(process.env.RUNS ?? 12);
const SEED = Number(process.env.SEED ?? 41);

type Line = { name: string; state: LineState; lineCents: number };

describe('any of the formats together', () => {
  const sources = new Map<string, Map<string, Source[]>>();
  let truth: ExpectedOrder[];

  beforeAll(async () => {
    const thread = ReadingThread.start();
    for (const folder of FOLDERS) {
      const files = sampleFiles(`household/${folder}`);
      const byOrder = new Map<string, Source[]>();
      for (const [at, file] of files.entries()) {
        const read = await thread.read([file]);
        for (const [place, order] of ('orders' in read ? read.orders : []).entries()) {
          const source = { format: order.format, rank: rankOf(order.format), hash: `${folder} ${at} ${place}`, order };
          byOrder.set(order.numberKey!, [...(byOrder.get(order.numberKey!) ?? []), source]);
        }
      }
      sources.set(folder, byOrder);
    }
    await thread.close();
    truth = expectedOf('d-page');
  }, 60_000);

  const random = randomOf(SEED);
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, at: random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ item }) => item);
  const of = (folders: readonly string[], number: string): Source[] =>
    folders.flatMap((folder) => sources.get(folder)!.get(number) ?? []);
  const chargedIn = (lines: readonly { state: LineState | null; lineCents: number | null }[]) =>
    lines.filter(({ state }) => isCharged(state)).map(({ lineCents }) => lineCents);
  const inOrder = (cents: readonly (number | null)[]) => cents.toSorted((a, b) => (a ?? 0) - (b ?? 0));

  /** What one of them knows, all of them know, and it is so. */
  function expectKnown(merged: Merged, alone: readonly Merged[], number: string): void {
    for (const field of FIELDS) {
      const known: unknown[] = alone.map((one) => one[field]).filter((value) => value !== null);
      if (known.length > 0) expect([number, field, known.includes(merged[field])]).toEqual([number, field, true]);
      else expect([number, field, merged[field]]).toEqual([number, field, null]);
    }
  }

  function expectTrue(merged: Merged, order: ExpectedOrder): void {
    const number = order.numberKey;
    const lines = order.lines as unknown as Line[];
    if (merged.linesAre === 'charged' && merged.lines.every(({ lineCents }) => lineCents !== null))
      expect([number, inOrder(chargedIn(merged.lines))]).toEqual([number, inOrder(chargedIn(lines))]);
    expect([number, merged.lines.length <= lines.length]).toEqual([number, true]);
    if (merged.reconciled !== 'both') return;
    const sum = chargedIn(merged.lines).reduce<number>((cents, one) => cents + (one ?? 0), 0);
    expect([number, sum, merged.totalCents]).toEqual([number, order.subtotalCents, order.totalCents]);
  }

  onSample(
    'know of each order what one of them knows, in whatever order they come, and call nothing reconciled that is not',
    () => {
      for (let run = 0; run < SUBSETS; run++) {
        const folders = shuffled(FOLDERS).slice(0, 1 + Math.floor(random() * FOLDERS.length));
        for (const order of truth) {
          const all = of(folders, order.numberKey);
          const merged = merge(all);
          expect(merge(shuffled(all))).toEqual(merged);
          if (merged === null) {
            expect(all.every((source) => source.order.isEvidence)).toBe(true);
            continue;
          }
          const alone = folders.flatMap((folder) => merge(of([folder], order.numberKey)) ?? []);
          expectKnown(merged, alone, order.numberKey);
          expectTrue(merged, order);
        }
      }
    },
    60_000 + SUBSETS * 2000,
  );
});
