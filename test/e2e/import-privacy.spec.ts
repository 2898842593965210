import { FormData, request } from 'undici';
import { startSimulator, type Simulator } from '../../simulator/main.js';
import { pdf } from '../support/pdf.js';
import { RoleProcess } from '../support/processes.js';
import { createStores, everyRow, type Stores } from '../support/stores.js';

const [NAME, MAIL, STREET, PHONE, GATE] = [
  'Quenby Strathmore',
  'quenby.strathmore@example.com',
  '41 Fennimore Wharf',
  '803-555-0177',
  'Gate code 8813',
];
const [COOKIE, BEARER, QUERY, CARD] = ['CANARY-COOKIE-x9', 'CANARY-BEARER-x9', 'CANARY-QUERY-x9', '5519'];
const PLANTED = ['Quenby', 'Strathmore', MAIL, STREET, PHONE, GATE, COOKIE, BEARER, QUERY];

const LETTER = [
  'From: "Walmart.com" <help@walmart.com>',
  `To: ${NAME} <${MAIL}>`,
  'Subject: Thanks for your order, #2000131-00000071',
  'Date: Tue, 01 Jul 2025 10:00:00 -0400',
  'Content-Type: text/html; charset=utf-8',
  '',
  `<p>Hi ${NAME},</p><p>Order number: 2000131-00000071</p><p>Order date: July 1, 2025</p>`,
  '<table><tr><td>Oat Milk, 64 fl oz</td><td>2</td><td>$7.96</td></tr></table>',
  '<table><tr><td>Subtotal</td><td>$7.96</td></tr><tr><td>Order Total</td><td>$7.96</td></tr></table>',
  `<p>Ship to ${NAME}, ${STREET}. ${PHONE}. ${GATE}.</p><p>VISA ending in ${CARD}</p>`,
  '',
].join('\r\n');

const RECEIPT = [
  'WALMART',
  STREET,
  PHONE,
  'ST# 09104 OP# 900551 TE# 01 TR# 71100',
  'OAT MILK           200001034961 F N   7.96',
  'SUBTOTAL                              7.96',
  'TOTAL                                 7.96',
  'VISA TEND                             7.96',
  `ACCOUNT # **** **** **** ${CARD}`,
  `MEMBER ${NAME}`,
  'TC# 7406 8180 8632 3014 8199',
  '03/17/25    07:29:31',
].join('\n');

const ORDER = {
  id: '200013100000072',
  displayId: '2000131-00000072',
  orderDate: '2025-07-02T10:00:00-04:00',
  customer: { firstName: 'Quenby', lastName: 'Strathmore', email: MAIL, phone: PHONE },
  deliveryInstructions: { text: GATE },
  priceDetails: { subTotal: { value: 7.96 }, grandTotal: { value: 7.96 } },
  paymentMethods: [{ cardType: 'VISA', description: `Ending in ${CARD}` }],
  groups_2101: [
    {
      deliveryAddress: { fullName: NAME, address: { addressLineOne: STREET } },
      categories: [
        {
          type: 'REGULAR',
          items: [
            { id: '1', quantity: 2, productInfo: { name: 'Oat Milk' }, priceInfo: { linePrice: { value: 7.96 } } },
          ],
        },
      ],
    },
  ],
};
const HAR = JSON.stringify({
  log: {
    version: '1.2',
    entries: [
      {
        startedDateTime: '2025-07-03T10:00:00.000Z',
        request: {
          method: 'GET',
          url: `https://www.walmart.com/orchestra/orders/graphql/getOrder/abc?token=${QUERY}`,
          headers: [
            { name: 'cookie', value: `auth=${COOKIE}` },
            { name: 'authorization', value: `Bearer ${BEARER}` },
          ],
          cookies: [{ name: 'auth', value: COOKIE }],
        },
        response: {
          status: 200,
          headers: [{ name: 'set-cookie', value: `sid=${COOKIE}` }],
          content: { mimeType: 'application/json', text: JSON.stringify({ data: { order: ORDER } }) },
        },
      },
    ],
  },
});

const PDF = pdf([
  [54, 740, 'Walmart Order #200013100000073'],
  [54, 722, 'Jul 03, 2025'],
  [54, 710, `Ship to ${NAME}, ${STREET}`],
  [54, 696, 'Item'],
  [400, 696, 'Qty'],
  [470, 696, 'Price'],
  [54, 678, 'Oat Milk, 64 fl oz'],
  [410, 678, '2'],
  [465, 678, '$7.96'],
  [330, 650, 'Order total'],
  [465, 650, '$7.96'],
  [54, 600, `VISA ending in ${CARD}, ${PHONE}, ${GATE}`],
]);

/** I13 for what people send: it is read from a HAR, a mail, a PDF and a receipt, and kept nowhere. */
describe('what a file of orders says of a person', () => {
  let stores: Stores;
  let simulator: Simulator;
  let process_: RoleProcess;
  beforeAll(async () => {
    stores = await createStores();
    simulator = await startSimulator({ port: 0, seed: 3, latency: { medianMs: 0, p99Ms: 0 } });
    process_ = await new RoleProcess('all', {
      ...stores.env,
      LOG_LEVEL: 'trace',
      LOOPGPT_SIMULATOR_URL: simulator.url,
    }).start();
  }, 60_000);
  afterAll(async () => {
    await process_?.stop();
    await simulator?.close();
    await stores?.drop();
  }, 30_000);

  it('is in no row of any table, no line of the log and no answer, once the file is read', async () => {
    const outcomes: unknown[] = [];
    for (const [name, text] of Object.entries({ 'a.eml': LETTER, 'b.txt': RECEIPT, 'c.har': HAR, 'd.pdf': PDF })) {
      const body = new FormData();
      body.append('file', new File([text], name));
      const answer = await request(`${process_.url}/v1/imports`, {
        method: 'POST',
        headers: { prefer: 'wait=20' },
        body,
      });
      const done = (await answer.body.json()) as { status: string; outcome: { format: string | null } };
      outcomes.push(done);
      expect([name, done.status, done.outcome.format]).toEqual([name, 'completed', FORMATS[name]]);
    }
    const orders = await (await request(`${process_.url}/v1/orders?limit=100`)).body.text();
    const places: Record<string, string> = {
      rows: await everyRow(stores.adminUrl),
      log: process_.log.join('\n'),
      answers: JSON.stringify(outcomes) + orders,
    };
    expect(places.rows).toContain('Oat Milk, 64 fl oz');
    expect(places.log!.length).toBeGreaterThan(500);
    const found = Object.entries(places).flatMap(([place, text]) => [
      ...PLANTED.filter((word) => text.includes(word)).map((word) => `${word} in ${place}`),
      // Four digits may be part of any number; of a card they stand in words.
      ...(new RegExp(`(ending in|\\*{4}) ?${CARD}|"${CARD}"`).test(text) ? [`the card in ${place}`] : []),
    ]);
    expect(found).toEqual([]);
  }, 90_000);
});

const FORMATS: Record<string, string> = {
  'a.eml': 'walmart-mail',
  'b.txt': 'receipt-text',
  'c.har': 'walmart-har',
  'd.pdf': 'walmart-pdf',
};
