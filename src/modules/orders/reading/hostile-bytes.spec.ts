import * as fc from 'fast-check';
import { ReadingThread } from '../../../../test/support/reading-thread.js';
import { merge } from '../merging/merge.js';
import { onSample, sampleFiles } from './formats/sample.conformance.js';
import { rankOf } from './formats/format-ids.js';
import type { Read, SourcedOrder } from './read.js';
import { isCharged, type Refusal, type SourceFile } from './reading.js';

/** Files that were good once, with bytes cut out, changed, put in and put in twice. RUNS asks for more of them a folder, SEED for others. */
const RUNS = Number(process.env.RUNS ?? 60);
const SEED = Number(process.env.SEED ?? 41);
/** Its total is that of its rows: a row that is lost is missing in both. */
const TELLS_NO_TOTAL = new Set(['amazon']);
const WITHIN_MS = 5000;

type Change =
  | { do: 'cut' | 'twice'; at: number; length: number }
  | { do: 'flip'; at: number; bits: number }
  | { do: 'digit'; at: number; digit: number }
  | { do: 'insert'; at: number; bytes: Uint8Array };

/** Anywhere alike: a number between 0 and 1 as it is would mostly be very small. */
const place = fc.integer({ min: 0, max: 999_999 }).map((of) => of / 1_000_000);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ do: fc.constantFrom('cut' as const, 'twice' as const), at: place, length: fc.nat({ max: 4000 }) }),
  fc.record({ do: fc.constant('flip' as const), at: place, bits: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ do: fc.constant('digit' as const), at: place, digit: fc.nat({ max: 9 }) }),
  fc.record({ do: fc.constant('insert' as const), at: place, bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
);

function changed(bytes: Uint8Array, one: Change): Uint8Array {
  const at = Math.floor(one.at * bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  if ('bytes' in one) return Buffer.concat([before, one.bytes, after]);
  if ('digit' in one) {
    // The next one there is becomes another: what a sum consists of.
    const next = after.findIndex((byte) => byte >= 48 && byte <= 57);
    return next < 0
      ? bytes
      : Buffer.concat([before, after.subarray(0, next), Buffer.from(String(one.digit)), after.subarray(next + 1)]);
  }
  if ('bits' in one)
    return Buffer.concat([before, after.subarray(0, 1).map((byte) => byte ^ one.bits), after.subarray(1)]);
  if (one.do === 'cut') return Buffer.concat([before, after.subarray(one.length)]);
  return Buffer.concat([before, after.subarray(0, one.length), after]);
}

const madeOf = (order: SourcedOrder) => merge([{ format: order.format, rank: rankOf(order.format), hash: '', order }])!;
const sumOf = (order: Pick<SourcedOrder, 'lines'>): number =>
  order.lines.reduce((sum, { state, lineCents }) => sum + (isCharged(state) ? (lineCents ?? 0) : 0), 0);

/** What it came to before: orders by their numbers. */
function knownIn(read: Read | Refusal): Map<string, { lines: number; total: number | null }> {
  const orders = 'orders' in read ? read.orders : [];
  return new Map(
    orders.flatMap((order) =>
      order.numberKey === null
        ? []
        : [[`${order.numberKey} ${order.asOf}`, { lines: sumOf(order), total: order.totalCents }]],
    ),
  );
}

/** Of what is answered, what no row of a table could keep. */
function unfitIn(value: unknown, path = ''): string[] {
  if (typeof value === 'string') {
    return value.includes('\u0000') || !(value as string & { isWellFormed(): boolean }).isWellFormed()
      ? [`${path}: text`]
      : [];
  }
  if (typeof value === 'number') {
    const isWhole = /cents$/i.test(path) && !path.endsWith('unitCents');
    return Number.isFinite(value) && (!isWhole || Number.isSafeInteger(value)) ? [] : [`${path}: ${value}`];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => unfitIn(inner, `${path}.${key}`));
}

describe('files whose bytes were changed', () => {
  let thread: ReadingThread;
  beforeAll(() => void (thread = ReadingThread.start()));
  afterAll(() => thread.close());

  const folders = [
    'a1-csv-pair',
    'a2-detailed',
    'a4-pipe',
    'b-xlsx',
    'c-json',
    'd-graphql',
    'd-page',
    'e-har',
    'f-mail',
    'g-pdf',
    'h-receipt-text',
    'i-lookup',
    'j-instacart',
    'k-kroger',
    'l-amazon',
    'm-lists',
  ];
  describe.each(folders)('of %s', (folder) => {
    onSample(
      'are refused or read as far as they are good: nothing is thrown, nothing unfit comes out, nothing is reconciled that is not',
      async () => {
        const files = sampleFiles(`household/${folder}`);
        const known = new Map<SourceFile, ReturnType<typeof knownIn>>();
        for (const file of files) known.set(file, knownIn(await thread.read([file])));
        await fc.assert(
          fc.asyncProperty(
            fc.constantFrom(...files),
            fc.array(change, { minLength: 1, maxLength: 3 }),
            async (file, changes) => {
              const bytes = changes.reduce(changed, file.bytes);
              const read = await thread.read([{ name: file.name, bytes }], null, WITHIN_MS);
              if ('refused' in read) return expect(read.refused).toMatch(/^[A-Z].{10,300}[.?]$/);
              expect(unfitIn(read)).toEqual([]);
              for (const order of read.orders.filter(({ isEvidence }) => !isEvidence)) {
                expect(order.orderedOn ?? '2025-01-01').toMatch(/^\d{4}-\d{2}-\d{2}$/);
                const before = known.get(file)!.get(`${order.numberKey} ${order.asOf}`);
                if (before && !TELLS_NO_TOTAL.has(order.format) && madeOf(order).reconciled === 'both')
                  expect([sumOf(order), order.totalCents]).toEqual([before.lines, before.total]);
              }
            },
          ),
          { numRuns: RUNS, seed: SEED },
        );
      },
      60_000 + RUNS * 500,
    );
  });
});
