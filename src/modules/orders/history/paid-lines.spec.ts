import { lineOf, type LinesAre, type LineState } from '../reading/reading.js';
import { paidLinesOf } from './paid-lines.js';

const paid = (linesAre: LinesAre, state: LineState | null = null) => {
  const known = { id: 'ord_1', retailer: 'walmart', numberKey: '1', orderedOn: '2026-10-20', storeNumber: null };
  const order = { ...known, currency: 'USD', totalCents: 599, reconciled: 'none', facts: { linesAre }, hash: 'h' };
  const facts = lineOf({ name: 'Rice', quantity: 1, lineCents: 599, state });
  const line = { orderId: 'ord_1', position: 1, productId: 'prd_1', state, lineCents: 599, facts };
  return paidLinesOf([order], [line]).map(({ cents }) => cents);
};

describe('what was paid for lines', () => {
  it('is told of lines that were charged', () => {
    expect(paid('charged')).toEqual([599]);
    expect(paid('charged', 'bought')).toEqual([599]);
  });

  it.each<LinesAre>(['ordered', 'unknown', 'changes'])('is not told of lines that are %s', (linesAre) => {
    expect(paid(linesAre)).toEqual([]);
  });

  it.each<LineState>(['cancelled', 'unavailable', 'returned'])('is not told of a line that is %s', (state) => {
    expect(paid('charged', state)).toEqual([]);
  });
});
