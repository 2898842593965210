import { stateOf } from './scopes.js';

describe('a key', () => {
  const now = Date.parse('2026-03-01T00:00:00Z');
  it('may be used until it is revoked or has expired', () => {
    const later = '2026-03-01T00:00:01Z';
    expect(stateOf({ expiresAt: null, revokedAt: null }, now)).toBe('usable');
    expect(stateOf({ expiresAt: later, revokedAt: null }, now)).toBe('usable');
    expect(stateOf({ expiresAt: '2026-03-01T00:00:00Z', revokedAt: null }, now)).toBe('expired');
    expect(stateOf({ expiresAt: later, revokedAt: '2026-02-01T00:00:00Z' }, now)).toBe('revoked');
  });
});
