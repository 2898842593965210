import { read } from './read.js';

const ITEMS = [{ name: 'Rice', price: '5.99', qty: 1 }];
const NUMBER = '200013111658219';

async function readingOf(value: unknown) {
  const found = await read([{ name: 'orders.json', bytes: new TextEncoder().encode(JSON.stringify(value)) }]);
  if ('refused' in found) throw new Error(found.refused);
  return found;
}

const nested = (order: object) => ({ result: { order: { orderId: NUMBER, groups: [{ items: ITEMS }], ...order } } });
const listed = (order: object) => ({ orders: [{ orderNumber: NUMBER, items: ITEMS, total: '5.99', ...order }] });

describe('days of orders in JSON', () => {
  it.each(['placed', 'placedAt', 'purchased', 'bought', 'when', 'created', 'created_at', 'date'])(
    'are read from %s, in an order within others and in a list',
    async (name) => {
      for (const shape of [nested, listed]) {
        const { orders } = await readingOf(shape({ [name]: '2026-10-20T10:00:00-05:00' }));
        expect(orders).toMatchObject([{ orderedOn: '2026-10-20', orderedAt: '2026-10-20T15:00:00.000Z' }]);
      }
    },
  );

  it('that are called what nobody knows are asked about', async () => {
    const { orders, questions } = await readingOf(nested({ zeitpunkt: '2026-10-20' }));
    expect(orders[0]!.orderedOn).toBeNull();
    expect(questions).toContainEqual({ code: 'dates_unknown', text: expect.stringContaining('zeitpunkt') as string });
  });

  it('are not asked about where the order has one, or where the file has none but of its delivery', async () => {
    const known = await readingOf(nested({ placed: '2026-10-20', zeitpunkt: '2026-10-21' }));
    const other = await readingOf(nested({ deliveredAt: '2026-10-21' }));
    for (const { questions } of [known, other])
      expect(questions.map(({ code }) => code)).not.toContain('dates_unknown');
  });
});

describe('an order whose number is its id', () => {
  const order = { id: NUMBER, placed: '2026-10-20', total: '5.99' };

  it.each<[string, unknown]>([
    ['in a list', { data: { orders: [{ ...order, items: ITEMS }] } }],
    ['by itself', { ...order, items: ITEMS }],
    ['within others', { result: { order: { ...order, lines: ITEMS } } }],
    ['as a number', [{ ...order, id: Number(NUMBER), items: ITEMS }]],
  ])('is read with its lines %s', async (_where, value) => {
    const { orders, questions } = await readingOf(value);
    expect(orders).toMatchObject([{ numberKey: NUMBER, orderedOn: '2026-10-20', lines: [{ name: 'Rice' }] }]);
    expect(orders[0]!.lines[0]!.lineCents ?? orders[0]!.lines[0]!.orderedCents).toBe(599);
    expect(questions).toEqual([]);
  });
});
