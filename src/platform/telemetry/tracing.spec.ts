import { beginSpan, joinTrace, traceHeaders, traceIdOf, traceparentFrom } from './tracing.js';

const CALLER = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331';

describe('the context of a trace', () => {
  it('goes on under a span of its own, sampled as the caller wished', () => {
    for (const flags of ['00', '01']) {
      const next = traceparentFrom(`${CALLER}-${flags}`);
      expect(next).toMatch(new RegExp(`^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-${flags}$`));
      expect(next).not.toContain('b7ad6b7169203331');
    }
    // Flags that are not known are not sent on.
    expect(traceparentFrom(`${CALLER}-ff`)).toMatch(/-01$/);
    expect(traceparentFrom(`${CALLER}-02`)).toMatch(/-00$/);
  });

  it('begins anew where there is none that is well formed', () => {
    for (const odd of [
      undefined,
      '',
      'x',
      `${CALLER}-1`,
      `01-${'0'.repeat(32)}-b7ad6b7169203331-01`,
      `00-${'0'.repeat(32)}-b7ad6b7169203331-00`,
    ]) {
      const fresh = traceparentFrom(odd);
      expect(fresh).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(traceIdOf(fresh)).not.toMatch(/^0+$/);
    }
  });

  it('carries what other systems say of it, and sends it on as it came', () => {
    const state = 'rojo=00f067aa0ba902b7,congo@shop=t61rcWkgMzE';
    const carried = traceparentFrom(joinTrace(`${CALLER}-01`, ` ${state.replace(',', ' , ')}`));
    expect(traceHeaders(carried)).toEqual({ traceparent: expect.stringMatching(/-01$/), tracestate: state });
    expect(traceIdOf(carried)).toBe(CALLER.split('-')[1]);
    const many = Array.from({ length: 33 }, (_, index) => `k${index}=v`).join(',');
    for (const odd of ['', ',', 'no value', 'UPPER=1', 'a=b\nc', `a=${'x'.repeat(600)}`, many])
      expect(traceHeaders(joinTrace(`${CALLER}-01`, odd)!)).toEqual({ traceparent: `${CALLER}-01` });
    // It belongs to the trace that is named with it, and to none that is begun.
    expect(traceHeaders(traceparentFrom(joinTrace('odd', state)))).toEqual({ traceparent: expect.any(String) });
  });

  it('has steps of its own for who calls and is called, and none between, while nobody records', () => {
    for (const kind of ['server', 'client'] as const) {
      const { context } = beginSpan('a', kind, `${CALLER}-01 a=b`);
      expect(context).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01 a=b$/);
      expect(context).not.toContain('b7ad6b7169203331');
    }
    for (const kind of ['internal', 'producer', 'consumer'] as const)
      expect(beginSpan('a', kind, `${CALLER}-00`).context).toBe(`${CALLER}-00`);
    expect(traceIdOf(beginSpan('a', 'internal', undefined).context)).not.toBeNull();
  });
});
