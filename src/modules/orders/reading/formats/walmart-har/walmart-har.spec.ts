import type { Reading } from '../../reading.js';
import { kindOf } from './entries.js';
import { walmartHar } from './walmart-har.js';

const ORDER = 'https://www.walmart.com/orchestra/orders/graphql/getOrder/abc?token=SECRET';
const LEDGER = 'https://www.walmart.com/orchestra/orders/graphql/getOrderLedger/abc';
const LIST = 'https://www.walmart.com/orchestra/cph/graphql/PurchaseHistoryV3/abc';

const order = (id: string, over: object = {}) => ({
  id,
  orderDate: '2025-07-02T10:00:00-04:00',
  priceDetails: { subTotal: { value: 7.96 }, taxTotal: { value: 0 }, grandTotal: { value: 7.96 } },
  groups_2101: [
    {
      status: { statusType: 'DELIVERED' },
      categories: [
        {
          type: 'REGULAR',
          items: [{ quantity: 2, productInfo: { name: 'Oat Milk' }, priceInfo: { linePrice: 7.96 } }],
        },
      ],
    },
  ],
  ...over,
});
const answerOf = (id: string, over: object = {}) => JSON.stringify({ data: { order: order(id, over) } });

const entry = (
  url: string,
  text: string | undefined,
  { at = '2025-07-03T10:00:00.000Z', status = 200, encoding = {} } = {},
) => ({
  startedDateTime: at,
  request: {
    method: 'GET',
    url,
    headers: [{ name: 'cookie', value: 'SECRET' }],
    cookies: [{ name: 'a', value: 'SECRET' }],
  },
  response: {
    status,
    headers: [{ name: 'set-cookie', value: 'SECRET' }],
    content: { mimeType: 'x', text, ...encoding },
  },
});
const harOf = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', pages: [{ id: 'p' }], entries } });
const read = (text: string) => walmartHar.read({ kind: 'har', name: null, bytes: Buffer.from(text) }) as Reading;
const numbers = ({ orders }: Reading) => orders.map(({ numberKey }) => numberKey);

describe('addresses', () => {
  it.each([
    [ORDER, 'order'],
    [LEDGER, 'ledger'],
    [LIST, 'list'],
    ['https://www.walmart.com/orchestra/cph/graphql/PurchaseHistoryV2/x', 'list'],
    ['https://www.walmart.ca/orchestra/orders/graphql/getOrder/x', 'order'],
    ['https://www.walmart.com:443/orders/200013100000001?x=1', 'page'],
    ['https://www.walmart.ca/en/orders', 'page'],
  ])('of the shop are known: %s', (address, kind) => {
    expect(kindOf(address)?.kind).toBe(kind);
  });

  it.each([
    'https://www.walmart.com.evil.example/orchestra/orders/graphql/getOrder/x',
    'https://evil.example/?u=https://www.walmart.com/orchestra/orders/graphql/getOrder/x',
    'https://evil.example/www.walmart.com/orchestra/orders/graphql/getOrder/x',
    'https://www.walmart.com@evil.example/orchestra/orders/graphql/getOrder/x',
    'https://www.walmart.com:8443/orchestra/orders/graphql/getOrder/x',
    'http://www.walmart.com/orchestra/orders/graphql/getOrder/x',
    'https://walmart.com.example/orders/200013100000001',
    'https://www.walmart.com/orchestra/orders/graphql/getOrderTracking/x',
    'https://www.walmart.com/orchestra/orders/graphql/notgetOrder/x',
    'https://www.walmart.com/ip/200013100000001',
    'data:text/html,x',
    'no address',
  ])('of others are nobody’s: %s', (address) => {
    expect(kindOf(address)).toBeNull();
  });
});

describe('a recording', () => {
  it('is read for the answers of the shop alone, whole or in base64, with their time', () => {
    const reading = read(
      harOf(
        entry('https://cdn.example.test/x.js', answerOf('200013100000009')),
        entry(ORDER, answerOf('200013100000001')),
        entry(ORDER, Buffer.from(answerOf('200013100000002')).toString('base64'), { encoding: { encoding: 'base64' } }),
        entry(LEDGER, answerOf('200013100000003')),
      ),
    );
    expect(numbers(reading)).toEqual(['200013100000001', '200013100000002']);
    expect(reading.orders[0]).toMatchObject({ totalCents: 796, asOf: '2025-07-03T10:00:00.000Z', linesAre: 'charged' });
    expect(JSON.stringify(reading)).not.toContain('SECRET');
  });

  it('tells of an order what the newest answer does, wherever it stands', () => {
    const [late, early] = [{ at: '2025-07-09T10:00:00.000Z' }, { at: '2025-07-03T10:00:00.000Z' }];
    const refunded = answerOf('200013100000001', { priceDetails: { grandTotal: 7.96, refund: 3.98 } });
    for (const entries of [
      [entry(ORDER, refunded, late), entry(ORDER, answerOf('200013100000001'), early)],
      [entry(ORDER, answerOf('200013100000001'), early), entry(ORDER, refunded, late)],
    ])
      expect(read(harOf(...entries)).orders).toMatchObject([{ refundCents: 398 }]);
  });

  it('reads a list as a list, and what was charged from a ledger as evidence', () => {
    const listed = {
      id: '200013100000004',
      orderDate: '2025-07-01T10:00:00-04:00',
      groups: [{ items: [{ name: 'Rye', quantity: 1 }] }],
    };
    const ledger = {
      orderId: '200013100000004',
      paymentMethods: [{ finalCharges: [{ amount: { value: -3.1 }, chargedDate: '2025-07-04' }] }],
    };
    const { orders } = read(
      harOf(
        entry(LIST, JSON.stringify({ data: { purchaseHistory: { orders: [listed] } } })),
        entry(LEDGER, JSON.stringify({ data: { orderLedger: ledger } })),
      ),
    );
    expect(orders).toMatchObject([
      { format: 'walmart-list', linesAre: 'ordered', lines: [{ name: 'Rye', orderedQuantity: 1 }] },
      { isEvidence: true, charges: [{ on: '2025-07-04', cents: -310 }] },
    ]);
  });

  it('reads a page that was opened, and what its shop in Canada sells for in its currency', () => {
    const data = JSON.stringify({
      props: { pageProps: { initialData: { data: { order: order('200013100000005') } } } },
    });
    const html = `<!DOCTYPE html><script id="__NEXT_DATA__">${data}</script>`;
    const { orders } = read(harOf(entry('https://www.walmart.ca/en/orders/200013100000005', html)));
    expect(orders).toMatchObject([{ numberKey: '200013100000005', currency: 'CAD', totalCents: 796 }]);
  });

  it('says which answers say nothing, and why', () => {
    const { orders, skipped, questions } = read(
      harOf(
        entry(ORDER, '{"errors":[]}', { status: 401 }),
        entry(ORDER, '{"data":{"order":{"id":"2000131'),
        entry(ORDER, 'Robot or human?'),
        entry(ORDER, undefined),
        { request: { url: ORDER } },
        7,
        entry(ORDER, answerOf('200013100000001')),
      ),
    );
    expect(orders).toHaveLength(1);
    expect(skipped.map(({ where }) => where)).toEqual(['entry 1', 'entry 2', 'entry 3', 'entry 5']);
    expect(questions.map(({ code }) => code)).toEqual(['bodies_missing']);
  });

  it('that is broken off is read as far as it goes', () => {
    const text = harOf(entry(ORDER, answerOf('200013100000001')), entry(ORDER, answerOf('200013100000002')));
    const first = text.indexOf('},{"startedDateTime"') + 1;
    for (const to of [first, first + 1, first + 40, text.length - 30, text.length - 2]) {
      const { orders, skipped } = read(text.slice(0, to));
      const whole = to > text.length - 10 ? 2 : 1;
      expect([to, orders.length, skipped]).toEqual([
        to,
        whole,
        whole === 2 ? [] : [{ where: 'entry 2', reason: expect.stringMatching(/broken off/) as string }],
      ]);
    }
    expect(read('{"log":{"version":"1.2"').questions.map(({ code }) => code)).toEqual(['no_order']);
  });

  it('of nothing, or of other sites, asks for one with orders', () => {
    for (const text of ['{"log":{}}', '{"log":[]}', harOf(), harOf(entry('https://example.test/', '{}'))])
      expect(read(text).questions.map(({ code }) => code)).toEqual(['no_order']);
  });

  it('is walked whatever stands before and between', () => {
    const entries = `[ ${JSON.stringify(entry(ORDER, answerOf('200013100000001')))} , null , "x" , [1,[2]] , {} ]`;
    const text = `\n{ "log" : { "a" : "\\"]}" , "pages" : [ { "b" : [ ] } , 1.5e3 ] , "entries" : ${entries} , "c" : true } }`;
    expect(numbers(read(text))).toEqual(['200013100000001']);
  });
});
