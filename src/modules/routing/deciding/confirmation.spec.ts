import { line, quote } from '../../../../test/support/decisions.js';
import { compare } from './confirmation.js';

const TOKEN = { confirmationToken: 'x'.repeat(43) };
const [milk, eggs] = [line('matched', 'milk'), line('matched', 'eggs')];
const then = quote({ itemsCents: 10_000, lines: [milk, eggs] });
const pointers = (now: Parameters<typeof quote>[0], accepted = {}, tolerance = 1) =>
  compare(then, quote({ lines: [milk, eggs], ...now }), tolerance, { ...TOKEN, ...accepted }).changes.map(
    ({ pointer }) => pointer,
  );

describe('what a provider says when a cart is confirmed', () => {
  it('holds at the same or a lower total, and at one within the tolerance to the cent', () => {
    for (const itemsCents of [9000, 10_000, 10_100]) expect(pointers({ itemsCents })).toEqual([]);
    expect(pointers({ itemsCents: 10_101 })).toEqual(['/acceptTotalCents']);
    expect(pointers({ itemsCents: 10_001 }, {}, 0)).toEqual(['/acceptTotalCents']);
  });

  it('holds up to the total that the caller accepts, and no cent beyond', () => {
    expect(pointers({ itemsCents: 12_000 }, { acceptTotalCents: 12_000 })).toEqual([]);
    expect(pointers({ itemsCents: 12_001 }, { acceptTotalCents: 12_000 })).toEqual(['/acceptTotalCents']);
    expect(pointers({ itemsCents: 10_050 }, { acceptTotalCents: 1 })).toEqual([]);
  });

  it('does not hold when a line is lost, however cheap that makes it, unless the caller goes without', () => {
    const now = { itemsCents: 5000, lines: [milk, line('missing', 'eggs')] };
    expect(pointers(now)).toEqual(['/acceptMissing']);
    expect(pointers(now, { acceptMissing: ['milk'] })).toEqual(['/acceptMissing']);
    expect(pointers(now, { acceptMissing: ['eggs'] })).toEqual([]);
    expect(compare(then, quote(now), 1, { ...TOKEN, acceptMissing: ['eggs'] }).missing).toEqual(['eggs']);
  });

  it('takes a substitute for the line, and a line that was missing before for no loss', () => {
    expect(pointers({ lines: [milk, line('substituted', 'eggs')], itemsCents: 9000 })).toEqual([]);
    const lacking = quote({ itemsCents: 10_000, lines: [milk, line('missing', 'eggs')] });
    expect(compare(lacking, lacking, 0, TOKEN)).toEqual({ missing: [], changes: [] });
  });

  it('is no answer to what was agreed when a part is told no more, or in another currency', () => {
    expect(pointers({ itemsCents: 9000, deliveryCents: null, unknownParts: ['delivery'] })).toEqual([
      '/confirmationToken',
    ]);
    expect(pointers({ itemsCents: 9000, currency: 'DKK' })).toEqual(['/confirmationToken']);
  });
});
