import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';
import { VARIABLES } from '../../environment.js';
import { RETRY_DELAYS_MS } from './deciding/schedule.js';
import { newSecret, sign } from './deciding/signature.js';
import { MAX_IN_FLIGHT } from './sending/endpoint-gate.js';

type Take = (body: string, headers: Record<string, string>, secret: string, seen: Set<string>) => unknown;

describe('docs/webhooks.md', () => {
  const page = readFileSync('docs/webhooks.md', 'utf8');
  /** The page's sample, as a receiver would run it. */
  const sample = /```js\n([^]*?)```/
    .exec(page)![1]!
    .replace(/^import .*$/m, '')
    .replace('export function', 'return function');
  // oxlint-disable-next-line typescript/no-implied-eval -- the sample of our own page is what is under test
  const take = new Function('Webhook', sample)(Webhook) as Take;

  it('tells the schedule, the slots and the time that results are kept as they are', () => {
    const spoken = RETRY_DELAYS_MS.map((ms) =>
      ms < 60_000 ? `${ms / 1000} s` : ms < 3_600_000 ? `${ms / 60_000} min` : `${ms / 3_600_000} h`,
    );
    expect(page.replaceAll('\n  ', ' ')).toContain(`at once, then after ${spoken.join(', ')}`);
    expect([RETRY_DELAYS_MS.length + 1, MAX_IN_FLIGHT]).toEqual([10, 4]);
    expect(page).toContain(`\`LOOPGPT_KEEP_DAYS\` (${VARIABLES.LOOPGPT_KEEP_DAYS.parse(undefined)}) days`);
  });

  it('shows how to verify: once what we signed, nothing that was replayed, changed or is too old', () => {
    const secret = newSecret();
    const seen = new Set<string>();
    const at = (secondsAgo: number, id: string) => {
      const timestamp = Math.floor(Date.now() / 1000) - secondsAgo;
      const signature = sign(Buffer.from('{"a":1}'), id, timestamp, [secret]);
      return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature };
    };
    const headers = at(0, 'evt_01');
    expect(take('{"a":1}', headers, secret, seen)).toEqual({ a: 1 });
    expect(take('{"a":1}', headers, secret, seen)).toBeNull();
    expect(() => take('{"a": 1}', at(0, 'evt_02'), secret, seen)).toThrow('No matching signature');
    expect(() => take('{"a":1}', at(301, 'evt_03'), secret, seen)).toThrow('too old');
  });
});
