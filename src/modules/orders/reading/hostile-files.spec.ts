import { readFileSync } from 'node:fs';
import { ReadingThread } from '../../../../test/support/reading-thread.js';
import { HOSTILE_EXPECT, onSample, sampleFiles } from './formats/sample.conformance.js';
import type { Read } from './read.js';
import type { Refusal } from './reading.js';

/** What each of the hostile files must come to, as EXPECT.json beside them says. */
interface Expect {
  refuse: string[];
  zeroOrders: string[];
  byContentNotName: Record<string, string>;
  text: Record<string, string[]>;
  cleaned: Record<string, string>;
  skippedRows: Record<string, { good: number; skipped?: number; skippedAtLeast?: number }>;
  formulas: Record<string, string>;
  paths: Record<string, string>;
  trust: Record<string, string>;
}
const EXPECT = JSON.parse(readFileSync(HOSTILE_EXPECT, 'utf8')) as Expect;
/** Of which EXPECT.json says nothing but what it says of all. */
const NOT_TOLD_OF = ['mail-header-bomb.eml', 'zip-same-name-twice.zip'];
const nameOf = (told: string): string => told.split(' ')[0]!;

describe('hostile files', () => {
  let thread: ReadingThread;
  beforeAll(() => void (thread = ReadingThread.start()));
  afterAll(() => thread.close());

  async function answerTo(name: string): Promise<Read | Refusal> {
    return thread.read([sampleFiles('hostile').find((file) => file.name === name)!], null, 10_000);
  }
  async function readOf(name: string): Promise<Read> {
    const read = await answerTo(name);
    if ('refused' in read) throw new Error(read.refused);
    return read;
  }
  const linesIn = ({ orders }: Read) => orders.flatMap(({ lines }) => lines);

  onSample('are all answered within ten seconds: refused with one sentence, or read', async () => {
    for (const { name } of sampleFiles('hostile')) {
      if (name === 'EXPECT.json') continue;
      const read = await answerTo(name);
      if ('refused' in read)
        expect([name, read.refused]).toEqual([name, expect.stringMatching(/^[A-Z].{10,300}[.?]$/)]);
    }
  });

  it.each(EXPECT.refuse.map(nameOf))('%s brings no order', async (name) => {
    const read = await answerTo(name);
    if ('refused' in read) return;
    // Read as far as it is good, and that is nowhere: what is lost is told, or asked for.
    expect([read.orders, [...read.questions, ...read.skipped].length > 0]).toEqual([[], true]);
  });

  it.each(EXPECT.zeroOrders.map(nameOf))('%s is read, and holds no order', async (name) => {
    expect((await readOf(name)).orders).toEqual([]);
  });

  it.each(Object.entries(EXPECT.text))('%s keeps its letters', async (name, names) => {
    const found = linesIn(await readOf(name)).map((line) => line.name);
    expect(found).toEqual(names.map((one) => (one.startsWith('Three') ? 'Three in two lines' : one)));
  });

  it.each(Object.entries(EXPECT.skippedRows))('%s is read as far as it is good', async (name, expected) => {
    const read = await answerTo(name);
    if ('refused' in read) return expect(expected.good).toBe(0);
    // Digits of full width may be read: then their row is not left out.
    const wide = linesIn(read).filter(({ name: own }) => own === 'Fullwidth').length;
    expect(linesIn(read)).toHaveLength(expected.good + wide);
    expect(read.skipped.length + wide).toBeGreaterThanOrEqual(expected.skippedAtLeast ?? expected.skipped ?? 0);
  });

  it.each(Object.keys(EXPECT.byContentNotName))('%s is what it holds, whatever its name says', async (name) => {
    expect((await readOf(name)).format).toBe(`walmart-${EXPECT.byContentNotName[name]}`);
  });

  onSample('are each held to what is right for it', () => {
    const { refuse, zeroOrders, byContentNotName, text, cleaned, skippedRows, formulas, paths, trust } = EXPECT;
    const named = [byContentNotName, text, cleaned, skippedRows, formulas, paths, trust].flatMap(Object.keys);
    const held = new Set([...[...refuse, ...zeroOrders].map(nameOf), ...named, ...NOT_TOLD_OF]);
    const all = sampleFiles('hostile').map(({ name }) => name);
    expect(all.filter((name) => name !== 'EXPECT.json' && !held.has(name))).toEqual([]);
  });

  onSample('with formulas give what was last computed, and compute and fetch nothing', async () => {
    const read = await readOf('xlsx-formula-cells.xlsx');
    expect(read.orders.map(({ numberKey, totalCents }) => [numberKey, totalCents])).toEqual([
      ['200013100000001', 1250],
      ['200013100000002', 900],
    ]);
    // A text that begins like a formula is a text; exports put a guard before it.
    expect(linesIn(read).map(({ name, lineCents }) => [name, lineCents])).toEqual([["=cmd|'/c calc'!A1", 1250]]);
  });

  it.each(NOT_TOLD_OF)('%s brings no order', async (name) => {
    const read = await answerTo(name);
    expect('refused' in read ? [] : read.orders).toEqual([]);
  });

  onSample('with a NUL in a name lose it, and keep the line', async () => {
    const [line, ...others] = linesIn(await readOf('csv-nul.csv'));
    expect([line?.orderedCents, line?.name?.includes('\0'), others]).toEqual([200, false, []]);
  });

  onSample('with paths that lead out of a ZIP are left out, and the last entry is read', async () => {
    expect((await readOf('zip-paths.zip')).orders).toHaveLength(1);
  });

  onSample('that only look like mail of the shop bring no order', async () => {
    const read = await answerTo('mail-not-from-walmart.eml');
    expect('refused' in read ? [] : read.orders).toEqual([]);
  });
});
