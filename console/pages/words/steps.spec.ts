import type { Cart } from '../../../sdk/client.js';
import { doesOf, pageOf, type Step } from './steps.js';
import { threadOf } from './thread.js';

const step = (part: Partial<Step>): Step => ({ label: '', method: 'POST', path: '', body: {}, needs: [], ...part });

describe('doesOf', () => {
  it('says words, asks shops and leads to plans', () => {
    const said = step({ path: '/v1/carts', body: { text: 'recipe for Dal', cartId: 'crt_1' } });
    expect(doesOf(said)).toEqual({ kind: 'say', text: 'recipe for Dal', cartId: 'crt_1' });
    const asked = step({ path: '/v1/routes', body: { priceCheck: true }, needs: ['shippingAddress'] });
    expect(doesOf(asked)).toEqual({ kind: 'ask', body: { priceCheck: true } });
    expect(doesOf(step({ path: '/v1/plans', needs: ['people'] }))).toEqual({ kind: 'plan' });
  });

  it('offers nothing that it cannot do', () => {
    expect(doesOf(step({ method: 'GET', path: '/v1/products', body: null }))).toBeNull();
    expect(doesOf(step({ path: '/v1/routes', needs: ['shippingAddress', 'items'] }))).toBeNull();
    expect(doesOf(step({ path: '/v1/carts/crt_1/route', needs: ['shippingAddress'] }))).toBeNull();
  });
});

it('leads to what has a page here', () => {
  const found = (kind: 'route' | 'plan' | 'price', id: string | null) => pageOf({ kind, id } as never);
  expect([found('route', 'req_1'), found('plan', 'plan_1'), found('price', 'prd_1'), found('route', null)]).toEqual([
    '/routes/req_1',
    '/plans/plan_1',
    null,
    null,
  ]);
});

describe('threadOf', () => {
  const cart = (id: string, cartId: string | null, version = 1) => ({ id, cartId, version }) as Cart;
  const gone = Object.assign(new Error('gone'), { status: 404 });

  it('goes back to what was said first, and reads anew what was said last alone', async () => {
    const known = new Map([
      ['crt_2', cart('crt_2', 'crt_1')],
      ['crt_3', cart('crt_3', 'crt_2')],
    ]);
    const asked: string[] = [];
    const thread = await threadOf('crt_3', known, async (id) => {
      asked.push(id);
      return id === 'crt_3' ? cart('crt_3', 'crt_2', 2) : cart(id, null);
    });
    expect(thread.map(({ id, version }) => `${id} ${version}`)).toEqual(['crt_1 1', 'crt_2 1', 'crt_3 2']);
    expect(asked).toEqual(['crt_3', 'crt_1']);
  });

  it('begins after what is gone, but tells when the last is', async () => {
    const read = async (id: string) => {
      if (id === 'crt_1') throw gone;
      return cart(id, 'crt_1');
    };
    expect((await threadOf('crt_2', new Map(), read)).map(({ id }) => id)).toEqual(['crt_2']);
    await expect(threadOf('crt_1', new Map(), read)).rejects.toBe(gone);
  });
});
