import type { Event } from '../../../sdk/client.js';
import { pageOf, withEarlier, withLater } from './events.js';

const event = (id: string) => ({ id }) as Event;
const ids = (events: readonly Event[]) => events.map(({ id }) => id).join(' ');

describe('the events of the tail', () => {
  it('are the newest first and each once, however often one looks back', () => {
    const shown = withLater(withLater([], event('4')), event('5'));
    expect(ids(withLater(shown, event('5')))).toBe('5 4');
    const back = withEarlier(shown, ['1', '2', '3', '4', '5'].map(event));
    expect(ids(back)).toBe('5 4 3 2 1');
    expect(ids(withEarlier(back, ['2', '3'].map(event)))).toBe('5 4 3 2 1');
    expect(ids(withLater(back, event('6')))).toBe('6 5 4 3 2 1');
  });

  it('lead to what they are about where a page shows it', () => {
    expect([pageOf('req_1'), pageOf('plan_2'), pageOf('cart_3'), pageOf('imp_4')]).toEqual([
      '/routes/req_1',
      '/plans/plan_2',
      '/words/cart_3',
      null,
    ]);
  });
});
