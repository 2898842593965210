import { noneOf } from './offers.service.js';

const source = 'SALLING_FOOD_WASTE' as Parameters<typeof noneOf>[0][number]['sourceId'];
const failed = (...reasons: string[]) =>
  reasons.map((reason) => ({ sourceId: source, reason, detail: `is ${reason}` }));

describe('no offers', () => {
  it('for a place that no source reads are not to be asked for again', () => {
    const { code, extra } = noneOf(failed('bad_request'));
    expect(code).toBe('offers_place_unread');
    expect(extra.retryAfterSeconds).toBeUndefined();
    expect(extra.errors).toEqual([{ pointer: source, detail: 'is bad_request' }]);
  });

  it.each([[['bad_request', 'timeout']], [['not_configured']], [[]]])('for %j may come later', (reasons) => {
    expect(noneOf(failed(...reasons))).toMatchObject({ code: 'offers_unavailable', extra: { retryAfterSeconds: 60 } });
  });
});
