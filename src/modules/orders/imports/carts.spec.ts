import { CreateRoute } from '../../routing/routing.dto.js';
import { cartsOf } from './carts.js';

const line = { name: 'flour', quantity: null, unit: null, note: null, isDone: false };
const shippingAddress = { street: '1 Elm St', city: 'Dayton', state: 'OH', postalCode: '45402', country: 'US' };

describe('lists as carts', () => {
  it('are what a route takes: what is done is left out, and what states no amount is one pack', () => {
    const lines = [
      { ...line, quantity: 0.5, unit: 'lb' },
      { ...line, name: 'milk', isDone: true },
      { ...line, name: `${'x'.repeat(199)} y` },
    ];
    const { carts, questions } = cartsOf([{ title: 'Week 23', lines }]);
    expect(questions).toEqual([]);
    expect(carts[0]!.items).toEqual([
      { id: 'item-1', name: 'flour', quantity: 0.5, unit: 'lb' },
      { id: 'item-3', name: 'x'.repeat(199), quantity: 1, unit: null },
    ]);
    expect(CreateRoute.safeParse({ items: carts[0]!.items, shippingAddress }).success).toBe(true);
  });

  it('longer than a route takes are told in parts, and say when there were too many', () => {
    const long = { title: 'Pantry', lines: Array.from({ length: 450 }, () => line) };
    const { carts, questions } = cartsOf([long, long, long]);
    expect(carts.map(({ title, items }) => [title, items!.length])).toEqual([
      ['Pantry (1 of 3)', 200],
      ['Pantry (2 of 3)', 200],
      ['Pantry (3 of 3)', 50],
      ['Pantry (1 of 3)', 200],
      ['Pantry (2 of 3)', 200],
      ['Pantry (3 of 3)', 50],
    ]);
    expect(questions).toMatchObject([{ code: 'carts_cut' }]);
  });
});
