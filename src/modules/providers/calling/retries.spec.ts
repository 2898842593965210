import type { HttpAnswer } from '../../../platform/outgoing/http.client.js';
import { restMs, retryDelayMs } from './retries.js';

const answered = (status: number, headers: Record<string, string> = {}): HttpAnswer => ({
  ok: true,
  status,
  headers,
  bytes: Buffer.alloc(0),
});
const broke = (kind: Extract<HttpAnswer, { ok: false }>['kind']): HttpAnswer => ({ ok: false, kind, detail: '' });
const PLENTY = 8000;
const delay = (answer: HttpAnswer, { method = 'GET' as 'GET' | 'POST', tries = 1, remainingMs = PLENTY } = {}) =>
  retryDelayMs({ method }, answer, tries, remainingMs, () => 0.5);

describe('a call is made again', () => {
  it.each([502, 503, 504])('after %i, later each time, and three times at most', (status) => {
    expect([1, 2, 3].map((tries) => delay(answered(status), { tries }))).toEqual([100, 300, null]);
  });

  it('after exactly the time they ask for, and not when that leaves too little', () => {
    expect(delay(answered(429, { 'retry-after': '2' }))).toBe(2000);
    expect(delay(answered(503, { 'retry-after': '2' }), { remainingMs: 3999 })).toBeNull();
    expect(delay(answered(429))).toBeNull();
  });

  it.each([200, 400, 401, 403, 404, 500])('never after %i', (status) => {
    expect(delay(answered(status))).toBeNull();
  });

  it('when it never arrived; when the line broke only if it reads', () => {
    expect([delay(broke('refused'), { method: 'POST' }), delay(broke('reset'))]).toEqual([100, 100]);
    expect(delay(broke('reset'), { method: 'POST' })).toBeNull();
    for (const kind of ['timeout', 'dns', 'too_large', 'protocol', 'budget'] as const)
      expect(delay(broke(kind))).toBeNull();
  });
});

it('nobody calls while they ask for rest', () => {
  expect(restMs(answered(429, { 'retry-after': '30' }))).toBe(30_000);
  expect([restMs(answered(429)), restMs(answered(200, { 'retry-after': '30' })), restMs(broke('reset'))]).toEqual([
    null,
    null,
    null,
  ]);
});
