import { reconcile } from '../../../merging/reconcile.js';
import type { Reading, ReadOrder } from '../../reading.js';
import { onSample, sampleFiles } from '../sample.conformance.js';
import { walmartList, walmartPage } from './walmart-page.js';

const item = (name: string, cents: number | null, over: object = {}) => ({
  id: '1',
  quantity: 1,
  quantityString: '1',
  productInfo: { name, usItemId: '718277052' },
  priceInfo: { linePrice: cents === null ? null : { value: cents / 100 } },
  ...over,
});
const category = (type: string, items: object[], name: string | null = null) => ({ type, name, items });
const order = (group: object, prices: object = {}, over: object = {}) => ({
  id: '200013100000001',
  displayId: '2000131-00000001',
  orderDate: '2025-07-02T10:00:00-04:00',
  timezone: 'America/New_York',
  type: 'GLASS',
  priceDetails: { subTotal: 5, taxTotal: 0, grandTotal: 5, fees: [], ...prices },
  groups_2101: [{ status: { statusType: 'DELIVERED' }, fulfillmentType: 'DELIVERY', ...group }],
  ...over,
});
const readAll = (told: unknown) =>
  walmartPage.read({ kind: 'json', name: null, value: { data: { order: told } } }) as Reading;
const read = (told: unknown): ReadOrder => readAll(told).orders[0]!;
const checked = (told: unknown) => {
  const { lines, ...facts } = read(told);
  return reconcile(facts, lines, facts.linesAre === 'charged');
};
const bread = { categories: [category('REGULAR', [item('Rye', 500)])] };

describe('what was charged', () => {
  it('is told by categories, and not by the items beside them, which were ordered', () => {
    const told = order({
      items: [item('Rye', 900), item('Tea', 300)],
      categories: [
        category('REGULAR', [item('Rye', 300)]),
        category('REGULAR', [item('Oats', 200)], 'Substitutions'),
        category('UNAVAILABLE', [item('Tea', 300)]),
        category('CANCELED', [item('Salt', 100)]),
        category('RETURNED', [item('Milk', 400)]),
      ],
    });
    expect(
      read(told).lines.map((line) => [line.name, line.state, line.quantity, line.lineCents, line.listedCents]),
    ).toEqual([
      ['Rye', 'bought', 1, 300, 300],
      ['Oats', 'substituted', 1, 200, 200],
      ['Tea', 'unavailable', 0, 0, 300],
      ['Salt', 'cancelled', 0, 0, 100],
      ['Milk', 'returned', 1, 400, 400],
    ]);
  });

  it('is told by parts of a shipment, none of which counts twice', () => {
    const [own, other] = [
      category('REGULAR', [item('Rye', 300)]),
      category('REGULAR', [item('Tea', 200, { id: '2' })]),
    ];
    expect(checked(order({ subGroups: [{ categories: [own] }, { categories: [other] }] })).items).toBe(true);
    expect(checked(order({ categories: [own, other], subGroups: [{ categories: [own, other] }] })).items).toBe(true);
  });

  it('is told by items without categories where they add up to what was paid; else they are what was ordered', () => {
    const items = [item('Rye', 300), item('Tea', 200)];
    expect(read(order({ items, categories: [] })).linesAre).toBe('charged');
    const other = read(order({ items }, { subTotal: 3 }));
    expect([other.linesAre, other.lines.map((line) => [line.lineCents, line.orderedCents])]).toEqual([
      'ordered',
      [
        [null, 300],
        [null, 200],
      ],
    ]);
  });

  it('is of a kind that nobody knows: it counts, and is asked about', () => {
    const { orders, questions } = readAll(order({ categories: [category('SUNDRY', [item('Rye', 500)])] }));
    expect([orders[0]!.lines[0]!.state, questions.map(({ code }) => code)]).toEqual(['bought', ['categories_unknown']]);
  });

  it.each([
    ['by weight', { quantityString: '1.66 lb', priceInfo: { linePrice: 5, unitPrice: 3.01 } }, [1, 1.66, 301]],
    ['by weight alone', { quantity: 0.85, quantityString: null, quantityLabel: 'kg' }, [1, 0.85, null]],
    [
      'as fuel',
      { quantityString: '1.724 gal', priceInfo: { linePrice: 5, unitPrice: { value: 2.899 } } },
      [1, 1.724, 289.9],
    ],
    [
      'by the piece',
      { quantity: 2, priceInfo: { linePrice: 5, unitPrice: { displayValue: '21 ¢/oz' }, itemPrice: 2.5 } },
      [2, null, 250],
    ],
  ])('is measured %s', (_how, over, expected) => {
    const [line] = read(order({ categories: [category('REGULAR', [item('Rye', 500, over)])] })).lines;
    expect([line!.quantity, line!.measure?.value ?? null, line!.unitCents]).toEqual(expected);
  });

  it('is told by an item itself where its category says nothing', () => {
    const flags = [
      { isUnavailable: true },
      { isCanceled: true },
      { returnId: 'r1' },
      { quantity: 0 },
      { statusCode: '3700.0031' },
    ];
    const items = flags.map((flag, at) => item('Rye', 100, { id: String(at), ...flag }));
    expect(read(order({ categories: [category('REGULAR', items)] })).lines.map(({ state }) => state)).toEqual([
      'unavailable',
      'cancelled',
      'returned',
      'informational',
      'bought',
    ]);
  });

  it('of a pharmacy is left out, and said to be', () => {
    for (const of of [
      { pharmacyInfo: { isRx: true } },
      { isPetRx: true },
      { productInfo: { name: 'Pill', isRx: true } },
    ]) {
      const { orders, skipped } = readAll(
        order({ categories: [category('REGULAR', [item('Pill', 400, of), item('Rye', 100)])] }),
      );
      expect([orders[0]!.lines.map(({ name }) => name), skipped.length]).toEqual([['Rye'], 1]);
      expect(JSON.stringify([orders, skipped])).not.toContain('Pill');
    }
    expect(
      read(order({ categories: [category('REGULAR', [item('Rye', 500, { pharmacyInfo: {} })])] })).lines,
    ).toHaveLength(1);
  });
});

describe('what an order came to', () => {
  it('has fees with what was struck, a tip, donations and savings in either meaning', () => {
    const fees = [
      { label: 'Free delivery from store', value: 0, displayValue: 'Free', strikeThroughValue: '$9.95' },
      { label: 'Express fee', value: 10 },
      { label: 'Bag fee', displayValue: '$0.20' },
      { label: 'Below minimum', value: 6.99 },
    ];
    const told = order(bread, {
      fees,
      driverTip: 3,
      donations: [{ value: 1 }, { value: 0.5 }],
      grandTotal: 23.69,
      grandTotalWithTips: 26.69,
    });
    expect(read(told)).toMatchObject({
      deliveryCents: 0,
      expressCents: 1000,
      bagCents: 20,
      feesCents: 1719,
      tipCents: 300,
      donationsCents: 150,
      totalCents: 2669,
    });
    expect(read(told).fees![0]).toMatchObject({ kind: 'delivery', wasCents: 995 });
    expect(checked(told)).toMatchObject({ reconciled: 'both', savingsKind: null });
    const within = order(bread, { strikethroughSubTotal: 6, savings: { value: 1, displayValue: '-$1.00' } });
    expect(checked(within)).toMatchObject({ reconciled: 'both', savingsKind: 'in_subtotal' });
    expect(checked(order(bread, { savings: 1, grandTotal: 4 }))).toMatchObject({
      reconciled: 'both',
      savingsKind: 'after_subtotal',
    });
  });

  it('has the tip in it once, whether the total tells it or not', () => {
    expect(read(order(bread, { driverTip: 2 })).totalCents).toBe(700);
    expect(read(order(bread, { driverTip: 2, grandTotal: 7 })).totalCents).toBe(700);
    expect(read(order(bread, { driverTip: 2, grandTotalWithTips: 7 })).totalCents).toBe(700);
  });

  it('is not known where two amounts are told for one, and that is asked about', () => {
    const { orders, questions } = readAll(
      order(bread, { subTotal: { value: 5, displayValue: '$7.00' }, taxTotal: 'much' }),
    );
    expect(orders[0]).toMatchObject({ subtotalCents: null, taxCents: null, totalCents: 500 });
    expect(questions).toEqual([
      { code: 'amounts_unclear', text: expect.stringMatching(/subTotal .*taxTotal/) as string },
    ]);
  });

  it('is an estimate, and its lines what was ordered, before it has come', () => {
    const placed = read(order({ ...bread, status: { statusType: 'PLACED' } }));
    const estimated = read(order(bread, { grandTotal: { label: 'Estimated total', value: 5 } }));
    for (const { isEstimate, linesAre, totalCents } of [placed, estimated])
      expect([isEstimate, linesAre, totalCents]).toEqual([true, 'ordered', 500]);
  });

  it('is told, and its lines are not, where nobody knows where they are', () => {
    const { groups_2101: _, ...rest } = order({});
    for (const told of [rest, { ...rest, groups_2609: [{ items: [] }] }, { ...rest, groups_2609: { a: 1 } }]) {
      const { orders, questions } = readAll(told);
      expect(orders).toMatchObject([{ linesAre: 'unknown', lines: [], totalCents: 500 }]);
      expect(questions.map(({ code }) => code)).toEqual(['detail_unavailable']);
    }
  });

  it('names nobody, no street and no card', () => {
    const group = { ...bread, deliveryAddress: { fullName: 'Quenby', address: { addressLineOne: '41 Wharf' } } };
    const person = { customer: { firstName: 'Quenby' }, deliveryInstructions: { text: 'Gate 8813' } };
    const paid = { paymentMethods: [{ cardType: 'VISA', description: 'Ending in 5519', displayValues: ['$5.00'] }] };
    const told = read(order(group, {}, { ...person, ...paid }));
    expect(told.payments).toEqual([{ type: 'CREDITCARD', cents: 500 }]);
    expect(JSON.stringify(told)).not.toMatch(/Quenby|Wharf|8813|5519/);
  });
});

describe('when an order was made', () => {
  it.each<[string, object, (string | null)[]]>([
    ['with its offset', { orderDate: '2025-05-09T23:50:00-04:00' }, ['2025-05-10T03:50:00.000Z', '2025-05-09']],
    [
      'in UTC, on the day of its zone',
      { orderDate: '2025-05-10T03:50:00Z' },
      ['2025-05-10T03:50:00.000Z', '2025-05-09'],
    ],
    ['since 1970', { orderDate: 1746849000000 }, ['2025-05-10T03:50:00.000Z', '2025-05-09']],
    ['on the wall of its zone', { orderDate: '2025-05-09T23:50:00' }, ['2025-05-10T03:50:00.000Z', '2025-05-09']],
    ['on a wall of no zone', { orderDate: '2025-05-09T23:50:00', timezone: null }, [null, '2025-05-09']],
    ['at a time that came twice', { orderDate: '2025-11-02T01:30:00' }, [null, '2025-11-02']],
    ['at the second of these', { orderDate: '2025-11-02T01:30:00-05:00' }, ['2025-11-02T06:30:00.000Z', '2025-11-02']],
    ['by a zone that is none', { orderDate: '2025-05-09T23:50:00', timezone: 'Mars/Olympus' }, [null, '2025-05-09']],
    ['in its title alone', { orderDate: null, title: 'Nov 02, 2016 order' }, [null, '2016-11-02']],
    ['never', { orderDate: 'soon', title: 'Sep 5 order' }, [null, null]],
  ])('is told %s', (_how, over, expected) => {
    const { orderedAt, orderedOn } = read(order(bread, {}, over));
    expect([orderedAt, orderedOn]).toEqual(expected);
  });
});

describe('pages and lists', () => {
  const page = (...scripts: string[]) =>
    walmartPage.read({
      kind: 'html',
      name: null,
      text: `<!DOCTYPE html><html><head>${scripts.join('')}</head></html>`,
    });
  const data = (id: string) =>
    JSON.stringify({ props: { pageProps: { initialData: { data: { order: { ...order(bread), id } } } } } });
  const script = (text: string) => `<script nonce='>' id="__NEXT_DATA__" type="application/json">${text}</script>`;

  it('are read by their data, and by nothing else that looks like it', async () => {
    const decoys = [
      `<!-- ${script(data('999999999999991'))} -->`,
      `<script>var a = '<script id="__NEXT_DATA__">${data('999999999999992').replaceAll("'", '')}'</script>`,
      `<textarea><script id="__NEXT_DATA__">${data('999999999999993')}</textarea>`,
      `<script data-id="__NEXT_DATA__">${data('999999999999994')}</script>`,
    ];
    const found = await page(...decoys, script(data('200013100000001')));
    expect(found!.orders.map(({ numberKey }) => numberKey)).toEqual(['200013100000001']);
  });

  it('that hold their data twice are read by the first, and ask; broken off they are refused', async () => {
    const found = await page(script(data('200013100000001')), script(data('200013100000002')));
    expect([found!.orders.length, found!.questions.map(({ code }) => code)]).toEqual([1, ['data_twice']]);
    expect(() => page(script('{"props":{'))).toThrow(/ends/);
    expect(page('<p>Order# 2000131-00000001</p>')).toBeNull();
  });

  it('of orders show what was ordered, and ask who is not signed in', () => {
    const list = (value: unknown) => walmartList.read({ kind: 'json', name: null, value }) as Reading | null;
    const listed = {
      id: '200013100000001',
      orderDate: '2025-07-02T10:00:00-04:00',
      priceDetails: { orderTotal: { value: 5 } },
      groups: [
        {
          items: [
            { name: 'A name that is cut…', quantity: 2 },
            { name: 'Tea', quantity: 1, isUnavailable: true },
          ],
        },
      ],
    };
    expect(list({ data: { purchaseHistory: { orders: [listed] } } })!.orders).toMatchObject([
      {
        linesAre: 'ordered',
        totalCents: 500,
        lines: [
          { isCut: true, orderedQuantity: 2, state: null },
          { orderedQuantity: 1, state: 'unavailable', quantity: 0 },
        ],
      },
    ]);
    expect(list({ data: { purchaseHistory: {} } })!.questions.map(({ code }) => code)).toEqual(['sign_in']);
    expect(list({ data: { purchaseHistory: { orders: [] } } })).toMatchObject({ orders: [], questions: [] });
    expect(list({ data: { order: order(bread) } })).toBeNull();
  });

  it('and answers of nothing, or of anything else, bring none', () => {
    expect(readAll(null)).toMatchObject({ orders: [], questions: [{ code: 'no_order' }] });
    for (const value of [
      7,
      [],
      {},
      { data: {} },
      { receipts: [] },
      { orders: [{ id: 'x' }] },
      { id: '200013100000001', items: [] },
    ])
      expect(walmartPage.read({ kind: 'json', name: null, value })).toBeNull();
  });
});

describe('the odd orders beside the sample household', () => {
  onSample('come to what their truth says', () => {
    const files = new Map(
      sampleFiles('household/extra').map(({ name, bytes }) => [
        name,
        JSON.parse(Buffer.from(bytes).toString()) as unknown,
      ]),
    );
    const truth = (files.get('truth.json') as { files: Record<string, Record<string, unknown>> }).files;
    for (const [name, expected] of Object.entries(truth)) {
      const { orders, skipped, questions } = walmartPage.read({
        kind: 'json',
        name: null,
        value: files.get(name),
      }) as Reading;
      const [{ lines, ...facts }] = orders as [ReadOrder];
      const { reconciled } = reconcile(facts, lines, facts.linesAre === 'charged');
      const wanted = expected.lines ?? expected.linesKept ?? 0;
      expect([name, facts.numberKey, lines.length]).toEqual([name, expected.id, wanted]);
      if (typeof expected.reconciled === 'string')
        expect([name, expected.reconciled.split(' ')[0]]).toEqual([name, reconciled]);
      if (typeof expected.totalCents === 'number')
        expect([name, facts.totalCents]).toEqual([name, expected.totalCents]);
      expect([name, skipped.length, questions.length]).toEqual([
        name,
        expected.dropped ?? 0,
        expected.lines === null ? 1 : 0,
      ]);
    }
  });
});
