import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Reader } from '../../src/modules/orders/imports/reader.service.js';
import type { Read, SourcedOrder } from '../../src/modules/orders/reading/read.js';
import type { Refusal } from '../../src/modules/orders/reading/reading.js';

const GENERATOR = resolve('../shared/data/own/orders/generate.mjs');
const onGenerated: jest.It = existsSync(GENERATOR) ? it : it.skip;
const NEVER = new AbortController().signal;
/** Reading ends within 10 s of its start, and within 60 s on a machine that has much else to do. */
const MOST_MS = 61_000;
/** By how much this process may grow meanwhile: what the thread may have, and what of a file is held outside its heap. */
const MOST_MB = 700;

/** Files made to take a reader's time or memory, each read by the thread as the product has it. */
describe('reading what was made to take all there is', () => {
  const reader = new Reader();
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'loopgpt-bombs-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The answer, and that it came in time, in memory, and while this process went on with what else it had to do. */
  async function read(name: string, bytes: Uint8Array): Promise<Read | Refusal> {
    const delay = monitorEventLoopDelay({ resolution: 10 });
    let mostMb = 0;
    const before = process.memoryUsage().rss;
    const watch = setInterval(() => (mostMb = Math.max(mostMb, (process.memoryUsage().rss - before) / 1e6)), 50);
    const from = performance.now();
    const reading = reader.read('imp_0', [{ name, bytes }], { format: null, withoutNumbers: 'ask' }, NEVER);
    delay.enable();
    const answer = await reading;
    const ms = performance.now() - from;
    delay.disable();
    clearInterval(watch);
    expect([ms < MOST_MS, mostMb < MOST_MB, delay.percentile(99) / 1e6 < 250]).toEqual([true, true, true]);
    if ('refused' in answer) return answer;
    const orders = answer.batches.flatMap((batch) => JSON.parse(Buffer.from(batch).toString('utf8')) as SourcedOrder[]);
    return { ...answer, orders };
  }
  const SENTENCE = { refused: expect.stringMatching(/^[A-Z].{10,}\.$/) };

  onGenerated.each(['csv-long-line', 'mime-parts', 'xlsx-bomb-300mb'])(
    'refuses %s with a sentence',
    async (name) => {
      const file = join(folder, name);
      execFileSync(process.execPath, [realpathSync(GENERATOR), '--big', name, '--out', file]);
      expect(await read(name, readFileSync(file))).toEqual(SENTENCE);
    },
    60_000,
  );

  onGenerated(
    'reads 100,000 rows to their end, and an archive of 100,000 requests to no order',
    async () => {
      const [rows, har] = ['csv-rows', 'har-entries'].map((name) => {
        const file = join(folder, name);
        execFileSync(process.execPath, [realpathSync(GENERATOR), '--big', name, '--out', file]);
        return readFileSync(file);
      });
      expect(((await read('csv-rows', rows!)) as Read).orders).toHaveLength(10_000);
      const answer = await read('har-entries', har!);
      expect('refused' in answer ? answer : answer.orders).toEqual('refused' in answer ? SENTENCE : []);
    },
    90_000,
  );

  const HOSTILE = resolve('test/fixtures/orders/hostile');
  const onHostile = existsSync(HOSTILE) ? it : it.skip;
  onHostile(
    'answers each of the hostile files in time and in memory',
    async () => {
      for (const name of readdirSync(HOSTILE).filter((one) => one !== 'EXPECT.json')) {
        const answer = await read(name, readFileSync(join(HOSTILE, name)));
        if ('refused' in answer) expect([name, answer]).toEqual([name, SENTENCE]);
      }
    },
    240_000,
  );

  it('ends what takes its time without an end', async () => {
    // A PDF of drawing and no text: nothing comes out that could be counted.
    const draw = '0 0 m 1 1 l S\n'.repeat(1_000_000);
    const objects = [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>',
      `<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`,
    ];
    let text = '%PDF-1.4\n';
    const places = objects.map((object, at) => {
      const place = text.length;
      text += `${at + 1} 0 obj\n${object}\nendobj\n`;
      return `${String(place).padStart(10, '0')} 00000 n \n`;
    });
    text += `xref\n0 5\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
    expect(await read('draw.pdf', Buffer.from(text))).toEqual(SENTENCE);
  }, 60_000);

  it('ends what takes all memory', async () => {
    const cells = `${'1,'.repeat(199)}1\n`;
    const answer = await read('wide.csv', Buffer.from(cells.repeat(40_000)));
    expect(answer).toEqual(SENTENCE);
  }, 60_000);

  it('refuses JSON of more values than its memory has room for', async () => {
    const answer = await read('objects.json', Buffer.from(`[${'{},'.repeat(5_000_000)}{}]`));
    expect(answer).toEqual({ refused: expect.stringMatching(/2,000,000 values/) as string });
    const members = Array.from({ length: 1_000_000 }, (_, at) => `"k${at}":1`).join(',');
    expect(await read('members.json', Buffer.from(`{${members}}`))).toEqual(answer);
  }, 60_000);

  it('refuses mails made of nothing but nesting or one endless word, and receipts of one line', async () => {
    const head = 'From: help@walmart.com\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n';
    const bodies = [
      '<table><tr><td>'.repeat(100_000),
      `<p>${'Qty 1 '.repeat(300_000)}</p>`,
      '<'.repeat(1_500_000),
      `Order number: 2000131-00000042 ${'$1.00 '.repeat(250_000)}`,
    ];
    for (const body of bodies) {
      const answer = await read('a.eml', Buffer.from(head + body));
      expect('refused' in answer ? answer : answer.orders).toEqual('refused' in answer ? SENTENCE : []);
    }
    const line = `ST# 1 OP# 2 TE# 3 TR# 4\n${'A 1.00 '.repeat(1_000_000)}`;
    const answer = await read('a.txt', Buffer.from(line));
    expect('refused' in answer ? [] : answer.orders.flatMap(({ lines }) => lines)).toEqual([]);
  }, 120_000);
});
