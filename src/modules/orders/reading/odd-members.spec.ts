import * as fc from 'fast-check';
import { ReadingThread } from '../../../../test/support/reading-thread.js';
import { merge } from '../merging/merge.js';
import { onSample, sampleFiles } from './formats/sample.conformance.js';
import { rankOf } from './formats/format-ids.js';
import type { SourcedOrder } from './read.js';
import { isCharged } from './reading.js';

/** Answers of the shop in which members have become something else, are gone, or are there twice. RUNS asks for more of them, SEED for others. */
const RUNS = Number(process.env.RUNS ?? 40);
const SEED = Number(process.env.SEED ?? 41);

const ODD: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  -0.005,
  0.1 + 0.2,
  '',
  ' ',
  'x'.repeat(10_000),
  '\u0000\ud800',
  '__proto__',
  '$1,234.56',
  '1.234,56 €',
  '2000131-00000001',
  '99999999999999999999999999',
  '2025-02-30T25:61:00Z',
  'Free',
  [],
  {},
  [[[[]]]],
  [null, 7, 'x', [], {}],
  { value: 5, displayValue: '$7.00' },
  { value: { value: { value: 1 } } },
  { id: '200013100000001', items: [{}] },
];

/** Every place in a value: the object or the list, and the key there. */
function placesIn(value: unknown, found: { of: Record<string, unknown>; key: string }[] = []): typeof found {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    found.push({ of: value as Record<string, unknown>, key });
    placesIn(inner, found);
  }
  return found;
}

type Change = { at: number; odd: number; how: 'odd' | 'gone' | 'twice' | 'renamed' };
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.integer({ min: 0, max: 999_999 }),
  odd: fc.nat({ max: ODD.length - 1 }),
  how: fc.constantFrom('odd' as const, 'odd' as const, 'gone' as const, 'twice' as const, 'renamed' as const),
});

function changed(value: unknown, { at, odd, how }: Change): void {
  const places = placesIn(value);
  const place = places[Math.floor((at / 1_000_000) * places.length)];
  if (!place) return;
  const { of, key } = place;
  if (how === 'odd') of[key] = structuredClone(ODD[odd]);
  else if (how === 'gone') delete of[key];
  else if (how === 'renamed') [of[`${key}2`], of[key]] = [of[key], undefined];
  else if (Array.isArray(of[key])) of[key].push(...(structuredClone(of[key]) as unknown[]));
  else of[`_${key}`] = structuredClone(of[key]);
}

/** The answers within a recording as values, so that what they say is changed too; and as texts again. */
interface Recorded {
  log?: { entries?: { response?: { content?: { text?: unknown } } }[] };
}
const contentsIn = ({ log }: Recorded) =>
  Array.isArray(log?.entries) ? log.entries.flatMap((entry) => entry?.response?.content ?? []) : [];
function opened(value: Recorded): Recorded {
  for (const content of contentsIn(value))
    if (typeof content.text === 'string' && content.text.startsWith('{"data":{') && content.text.endsWith('}'))
      content.text = JSON.parse(content.text) as unknown;
  return value;
}
function closed(value: Recorded): string {
  for (const content of contentsIn(value))
    if (typeof content.text === 'object' && content.text !== null) content.text = JSON.stringify(content.text);
  return JSON.stringify(value);
}

const sumOf = ({ lines }: Pick<SourcedOrder, 'lines'>) =>
  lines.reduce((sum, { state, lineCents }) => sum + (isCharged(state) ? (lineCents ?? 0) : 0), 0);

describe('answers whose members were changed', () => {
  let thread: ReadingThread;
  beforeAll(() => void (thread = ReadingThread.start()));
  afterAll(() => thread.close());

  onSample.each(['c-json', 'd-graphql', 'd-list', 'd-ledger', 'e-har'])(
    'of %s are read as far as they are good, or refused with a sentence; nothing that is not so is reconciled',
    async (folder) => {
      const files = sampleFiles(`household/${folder}`);
      const sums = new Map<string, [number, number | null]>();
      for (const file of files) {
        const read = await thread.read([file]);
        for (const order of 'orders' in read ? read.orders : [])
          if (order.linesAre === 'charged') sums.set(order.numberKey!, [sumOf(order), order.totalCents]);
      }
      await fc.assert(
        fc.asyncProperty(
          fc.nat({ max: files.length - 1 }),
          fc.array(change, { minLength: 1, maxLength: 4 }),
          async (index, all) => {
            const file = files[index]!;
            const value = opened(JSON.parse(Buffer.from(file.bytes).toString()) as Recorded);
            for (const one of all) changed(value, one);
            const read = await thread.read(
              [{ name: file.name, bytes: Buffer.from(closed(value) ?? '') }],
              null,
              10_000,
            );
            if ('refused' in read) return expect(read.refused).toMatch(/^[A-Z].{10,300}[.?]$/);
            expect(JSON.stringify(read)).not.toMatch(/\\u0000|\\ud[89a-f]/);
            for (const order of read.orders.filter(({ isEvidence }) => !isEvidence)) {
              const merged = merge([{ format: order.format, rank: rankOf(order.format), hash: '', order }])!;
              const known = sums.get(order.numberKey ?? '');
              if (known && merged.reconciled === 'both') expect([sumOf(order), order.totalCents]).toEqual(known);
            }
          },
        ),
        { numRuns: RUNS, seed: SEED },
      );
    },
    60_000 + RUNS * 1000,
  );
});
