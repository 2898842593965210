import { ledgerFaults, type StoredRoute } from './ledger.js';

const route = (id: string, changes: Partial<StoredRoute> = {}): StoredRoute => ({
  id,
  terminals: 1,
  closedAtMs: 1,
  complete: true,
  references: [],
  ...changes,
});

describe('ledgerFaults', () => {
  it('finds nothing when what was accepted is what was closed, once each', () => {
    expect(ledgerFaults(['a', 'b'], [route('b'), route('a')])).toEqual([]);
    expect(ledgerFaults([], [])).toEqual([]);
  });

  it('names what was lost, what is stuck, what was doubled and what nobody was promised', () => {
    expect(ledgerFaults(['a', 'b'], [route('a')])).toEqual(['1 accepted and not stored: b']);
    expect(ledgerFaults(['a'], [route('a', { terminals: 0 })])).toEqual(['1 accepted and never closed: a']);
    expect(ledgerFaults(['a'], [route('a', { terminals: 2 })])).toEqual(['1 closed more than once: a']);
    expect(ledgerFaults([], [route('a')])).toEqual(['1 stored without a 202: a']);
    expect(ledgerFaults(['a', 'a'], [route('a')])).toEqual(['1 ids were given out twice: a']);
  });

  it('names only a few of many', () => {
    const [fault] = ledgerFaults(['a', 'b', 'c', 'd', 'e'], []);
    expect(fault).toBe('5 accepted and not stored: a, b, c, …');
  });
});
