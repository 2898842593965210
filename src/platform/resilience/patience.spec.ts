import { once } from 'node:events';
import { Patience } from './patience.js';

const NEVER = new AbortController().signal;
const turn = () => new Promise((resolve) => setImmediate(resolve));
const waited = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
function hold(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('patience with somebody outside', () => {
  const all: Patience[] = [];
  const patience = (ownMs: number, atMostMs: number, parent = NEVER) => {
    const one = new Patience(ownMs, atMostMs, parent);
    all.push(one);
    return one;
  };
  afterEach(() => all.splice(0).forEach((one) => one.end()));

  it('ends when the other’s own time is up, and says that it was the other’s', async () => {
    const one = patience(100, 60_000);
    await once(one.signal, 'abort');
    expect(one.ranOutOnUs).toBe(false);
  });

  it('does not end for time in which this process held its event loop', async () => {
    const one = patience(200, 60_000);
    await turn();
    hold(900);
    await turn();
    await turn();
    expect(one.signal.aborted).toBe(false);
    await once(one.signal, 'abort');
    expect(one.ranOutOnUs).toBe(false);
  });

  it('stands still while work waits in a queue of this process, counted once however many wait', async () => {
    const one = patience(100, 60_000);
    await Promise.all([one.ours(() => waited(400)), one.ours(() => waited(400))]);
    expect(one.signal.aborted).toBe(false);
    await once(one.signal, 'abort');
    expect(one.ranOutOnUs).toBe(false);
  });

  it('ends at its limit in any case, and says that the other never had its time', async () => {
    const one = patience(10_000, 150);
    one.keep();
    await once(one.signal, 'abort');
    expect(one.ranOutOnUs).toBe(true);
    const idle = patience(10_000, 150);
    await once(idle.signal, 'abort');
    expect(idle.ranOutOnUs).toBe(false);
  });

  it('ends with its parent, also with one that has ended before', async () => {
    const parent = new AbortController();
    const one = patience(60_000, 60_000, parent.signal);
    parent.abort();
    expect([one.signal.aborted, one.ranOutOnUs]).toEqual([true, false]);
    expect(patience(60_000, 60_000, parent.signal).signal.aborted).toBe(true);
  });
});
