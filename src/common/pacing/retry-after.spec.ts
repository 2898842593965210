import { retryAfterMs } from './retry-after.js';

describe('Retry-After', () => {
  const nowMs = Date.parse('2026-11-22T12:00:00Z');

  it.each([
    ['30', 30_000],
    ['0', 0],
    ['86400', 3_600_000],
    ['Sun, 22 Nov 2026 12:00:45 GMT', 45_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
    [String(nowMs + 20_000), 20_000],
    [String(nowMs / 1000 + 20), 20_000],
    ['soon', null],
    ['', null],
    [undefined, null],
    ['-5', null],
  ])('of "%s" is %s ms', (header, ms) => expect(retryAfterMs(header, nowMs)).toBe(ms));
});
