import { traceIdOf, traceparentFrom } from './tracing.js';

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
});
