import { unitsOf } from './rate-limit.guard.js';
import { RequestWindow } from './request-window.js';

describe('a tenant’s quota', () => {
  it('is charged by lines: each ten of a cart are worth one request', () => {
    const cart = (lines: number) => ({ items: Array.from({ length: lines }, () => ({})) });
    expect([undefined, {}, cart(0), cart(1), cart(10), cart(11), cart(200)].map(unitsOf)).toEqual([
      1, 1, 1, 1, 1, 2, 20,
    ]);
  });

  it('refuses what is worth more than is left, and leaves that to smaller ones', () => {
    const requests = new RequestWindow(25, 60_000);
    expect(requests.take('a', 0, 20)).toMatchObject({ allowed: true, remaining: 5 });
    expect(requests.take('a', 0, 20)).toMatchObject({ allowed: false, remaining: 5 });
    expect(requests.take('a', 0, 5)).toMatchObject({ allowed: true, remaining: 0 });
  });
});
