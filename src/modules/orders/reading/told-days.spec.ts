import { read } from './read.js';

async function readingOf(days: readonly string[]) {
  const rows = days.map((day, at) => `20001311165821${at},${day},Rice,1,5.99`);
  const text = ['Order Number,Order Date,Product Name,Quantity,Price', ...rows].join('\n');
  const found = await read([{ name: 'orders.csv', bytes: new TextEncoder().encode(text) }]);
  if ('refused' in found) throw new Error(found.refused);
  return found;
}

describe('days that could be read in two ways', () => {
  it('are read day first where one of the column can be read no other way, and that is told', async () => {
    const { orders, questions } = await readingOf(['10/05/2026', '31/10/2026']);
    expect(orders.map(({ orderedOn }) => orderedOn)).toEqual(['2026-05-10', '2026-10-31']);
    const text = 'Days are read day first because of "31/10/2026": "10/05/2026" is 2026-05-10.';
    expect(questions).toEqual([{ code: 'days_read', text }]);
  });

  it.each([
    ['no day decides', ['10/05/2026', '10/06/2026']],
    ['each can be read one way alone', ['31/10/2026', '30/10/2026']],
    ['they are the same either way', ['31/10/2026', '05/05/2026']],
  ])('are not told of where %s', async (_why, days) => {
    expect((await readingOf(days)).questions).toEqual([]);
  });

  it('of a column that agrees with neither order are left out, each with its row', async () => {
    const { orders, skipped } = await readingOf(['31/10/2026', '10/31/2026']);
    expect(orders).toHaveLength(1);
    expect(skipped).toEqual([{ where: 'row 3', reason: 'Its date is not understood.' }]);
  });
});

describe('an order number that is none', () => {
  it('is told with what numbers are', async () => {
    const text = 'Order Number,Order Date,Product Name,Quantity,Price\n10023,2026-10-20,Rice,1,5.99';
    const found = await read([{ name: 'orders.csv', bytes: new TextEncoder().encode(text) }]);
    const reason = 'Its order number is not of 6 to 24 digits, as order numbers are.';
    expect(found).toMatchObject({ skipped: [{ where: 'row 2', reason }] });
  });
});

describe('a day', () => {
  it.each([
    '2026-4-5',
    '2026/04/05 10:11 AM',
    '5-Apr-2026',
    '05-Apr-26',
    'Apr 5th, 2026',
    'Sunday, April 5, 2026',
    '5. April 2026',
    '1775347200000',
  ])('is read from %s', async (day) => {
    const { orders } = await readingOf([`"${day}"`]);
    expect(orders).toMatchObject([{ orderedOn: '2026-04-05' }]);
  });

  it.each(['Apr 5', '2026-13-5', '31-Feb-2026', '4/5'])('is not read from %s, and that is told', async (day) => {
    const { orders, skipped } = await readingOf([day]);
    expect([orders, skipped]).toEqual([[], [{ where: 'row 2', reason: 'Its date is not understood.' }]]);
  });
});
