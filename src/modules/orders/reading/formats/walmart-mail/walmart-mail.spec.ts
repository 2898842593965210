import { merge, type Merged } from '../../../merging/merge.js';
import { open } from '../../opening/open.js';
import { Unreadable, type ReadOrder, type Reading } from '../../reading.js';
import { expectedOf, onSample, sampleFiles, sampleTruth } from '../sample.conformance.js';
import { walmartMail } from './walmart-mail.js';

const reading = (bytes: Uint8Array) => walmartMail.read(open({ name: null, bytes })) as Promise<Reading>;

/** Orders of several files, as an import of them all makes them. */
async function merged(files: readonly { bytes: Uint8Array }[]): Promise<Map<string, Merged>> {
  const orders = (await Promise.all(files.map(({ bytes }) => reading(bytes)))).flatMap(({ orders }) => orders);
  const keys = [...new Set(orders.map(({ numberKey }) => numberKey!))];
  return new Map(
    keys.flatMap((key) => {
      const sources = orders.filter(({ numberKey }) => numberKey === key);
      const made = merge(sources.map((order, at) => ({ format: 'walmart-mail', rank: 20, hash: String(at), order })));
      return made ? [[key, made]] : [];
    }),
  );
}

const FACTS = [
  'displayNumber',
  'orderedOn',
  'subtotalCents',
  'totalCents',
  'taxCents',
  'donationsCents',
  'refundCents',
];

describe('mails of the shop', () => {
  onSample('are read to what the truth of the sample household says is knowable', async () => {
    const orders = await merged(sampleFiles('household/f-mail'));
    const wanted = expectedOf('f-mail');
    expect(orders.size).toBe(wanted.length);
    for (const want of wanted) {
      const order = orders.get(want.numberKey)!;
      for (const field of FACTS)
        expect([want.numberKey, field, order[field as keyof Merged]]).toEqual([want.numberKey, field, want[field]]);
      expect([want.numberKey, order.tipCents ?? 0]).toEqual([want.numberKey, want.tipCents]);
      expect(order.lines).toHaveLength(want.lines.length);
      expect(order.lines.map((line) => ({ number: want.numberKey, ...line }))).toMatchObject(
        want.lines.map((line) => ({ number: want.numberKey, ...line })),
      );
    }
  });

  onSample('keep nothing of the person they were sent to', async () => {
    const files = sampleFiles('household/f-mail');
    const raw = files.map(({ bytes }) => Buffer.from(bytes).toString('latin1')).join('');
    expect(raw).toContain('Marlow');
    const read = JSON.stringify(await Promise.all(files.map(({ bytes }) => reading(bytes))));
    for (const word of sampleTruth().mustNotStore) expect([word, read.includes(word)]).toEqual([word, false]);
  });

  const NUMBER = '2000131-00000042';
  const letter = (
    body: string,
    {
      from = 'Walmart <help@walmart.com>',
      subject = 'Thanks for your order',
      type = 'text/html',
      more = '',
      date = 'Tue, 01 Jul 2025 10:00:00 -0400',
    } = {},
  ) =>
    Buffer.from(
      [
        `From: ${from}`,
        'To: A Person <person@example.com>',
        `Subject: ${subject}`,
        `Date: ${date}`,
        ...(more ? [more] : []),
        `Content-Type: ${type}; charset=utf-8`,
        '',
        body,
        '',
      ].join('\r\n'),
    );
  const only = async (bytes: Buffer): Promise<ReadOrder> => {
    const { orders, skipped } = await reading(bytes);
    expect([orders.length, skipped]).toEqual([1, []]);
    return orders[0]!;
  };
  const TEXT = `Order number: ${NUMBER}\r\nOrder date: July 1, 2025\r\n\r\nOat Milk, 64 fl oz Qty 2 $7.96\r\nRye Bread Qty 1 $3.10\r\n\r\nSubtotal $11.06\r\nEstimated taxes $0.30\r\nOrder Total $11.36\r\n`;
  const ITEMS = [
    { name: 'Oat Milk, 64 fl oz', orderedQuantity: 2, orderedCents: 796 },
    { name: 'Rye Bread', orderedQuantity: 1, orderedCents: 310 },
  ];

  it('of text alone are read line by line', async () => {
    expect(await only(letter(TEXT, { type: 'text/plain' }))).toMatchObject({
      numberKey: '200013100000042',
      orderedOn: '2025-07-01',
      linesAre: 'ordered',
      isEstimate: true,
      subtotalCents: 1106,
      taxCents: 30,
      totalCents: 1136,
      asOf: '2025-07-01T14:00:00.000Z',
      lines: ITEMS,
    });
  });

  it('of other layouts are read by their words: blocks, cells in cells, counts before names', async () => {
    const total =
      '<div>Subtotal</div><table><tr><td>Subtotal</td><td>$11.06</td></tr><tr><td>Order total</td><td>$11.06</td></tr></table>';
    const head = `<div>Hi A Person!</div><p>Order #${NUMBER}</p><p>Placed on Tuesday, July 1, 2025</p><p>Arrives by Thu, Jul 3</p>`;
    const layouts = [
      `${head}<div>2 x Oat Milk, 64 fl oz</div><div>$7.96</div><div>1 x Rye Bread</div><div>$3.10</div>${total}`,
      `${head}<ul><li>Oat Milk, 64 fl oz <b>Qty: 2</b> $7.96</li><li>Rye Bread <b>Qty: 1</b> $3.10</li></ul>${total}`,
      `${head}<p>Oat Milk, 64 fl oz</p><p>Qty 2</p><p>$7.96</p><p>Rye Bread</p><p>Qty 1</p><p>$3.10</p>${total}`,
      `${head}<table><tr><td><img src="x"></td><td><table><tr><td>Oat Milk, 64 fl oz</td></tr><tr><td>Qty: 2</td></tr><tr><td>$3.98/EA</td></tr></table></td><td>$7.96</td></tr></table><p>Rye Bread</p><p>Qty 1</p><p>$3.10</p>${total}`,
      `<table><tr><td>${head}<table><tr><td><img src="x"></td><td><div>Oat Milk, 64 fl oz</div><div>Qty 2</div></td><td>$7.96 <s>$9.00</s></td></tr><tr><td></td><td><div>Rye Bread</div><div>Qty 1</div></td><td>$3.10</td></tr></table>${total}</td></tr></table>`,
    ];
    for (const html of layouts) {
      const order = await only(letter(html));
      expect([html, order.lines.length, order.orderedOn, order.totalCents]).toEqual([html, 2, '2025-07-01', 1106]);
      expect(order.lines).toMatchObject(ITEMS);
    }
  });

  it('in windows-1252 keep their quotes, dashes and euros', async () => {
    const text = TEXT.replace('Rye Bread', 'Chef\u2019s \u201cRye\u201d \u2013 \u20ac5');
    const bytes = letter(text, { type: 'text/plain' }).toString().replace('charset=utf-8', 'charset=windows-1252');
    const codes = new Map(
      [...'\u2019\u201c\u201d\u2013\u20ac'].map((sign, at) => [sign, [0x92, 0x93, 0x94, 0x96, 0x80][at]!]),
    );
    const order = await only(Buffer.from([...bytes].map((sign) => codes.get(sign) ?? sign.charCodeAt(0))));
    expect(order.lines[1]!.name).toBe('Chef\u2019s \u201cRye\u201d \u2013 \u20ac5');
  });

  it('from Canada are in its dollars, in French too', async () => {
    const html = `<p>Commande n° : ${NUMBER}</p><p>Date de commande : 1 juillet 2025</p><table><tr><th>Article</th><th>Qté</th><th>Prix</th></tr><tr><td>Lait 2 %, 4 L</td><td>1</td><td>6,29 $</td></tr></table><table><tr><td>Sous-total</td><td>6,29 $</td></tr><tr><td>TVQ</td><td>0,63 $</td></tr><tr><td>Total</td><td>6,92 $</td></tr></table>`;
    expect(await only(letter(html, { from: 'Walmart <noreply@mail.walmart.ca>' }))).toMatchObject({
      currency: 'CAD',
      orderedOn: '2025-07-01',
      taxCents: 63,
      totalCents: 692,
      lines: [{ name: 'Lait 2 %, 4 L', orderedQuantity: 1, orderedCents: 629 }],
    });
  });

  it('are read out of a box of several, and each that is not of the shop is left out with its place', async () => {
    const other = letter('Milk $3.00', { from: 'Someone <someone@example.com>' });
    const box = [
      letter(TEXT, { type: 'text/plain' }),
      other,
      letter(TEXT.replaceAll('42', '43'), { type: 'text/plain' }),
    ]
      .map((mail) => `From sender Tue Jul  1 10:00:00 2025\n${mail.toString()}\n`)
      .join('\n');
    const { orders, skipped, questions } = await reading(Buffer.from(box));
    expect(orders.map(({ numberKey }) => numberKey)).toEqual(['200013100000042', '200013100000043']);
    expect([skipped, questions.length]).toEqual([[{ where: 'mail 2', reason: 'Its sender is not the shop.' }], 1]);
  });

  it('are read when they were sent on as attachments', async () => {
    const inner = letter(TEXT, { type: 'text/plain' }).toString();
    const outer = [
      'From: me@example.com',
      'Subject: Fwd',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      'Content-Type: message/rfc822',
      '',
      inner,
      '--x--',
      '',
    ];
    expect((await only(Buffer.from(outer.join('\r\n')))).lines).toMatchObject(ITEMS);
  });

  it.each([
    'Walmart <help@walmart.com.evil.example>',
    '"help@walmart.com" <shop@evil.example>',
    'help@notwalmart.com',
    'help@walmart.com, shop@evil.example',
    'Walmart',
  ])('from %s are not of the shop, and none of what they say is kept', async (from) => {
    const { orders, questions } = await reading(letter(TEXT, { from, type: 'text/plain' }));
    expect([orders, questions.map(({ code }) => code)]).toEqual([[], ['sender_unknown']]);
  });

  it('that a host found to be forged, or with two senders, are not of the shop', async () => {
    for (const more of [
      'Authentication-Results: mx.example; dmarc=fail header.from=walmart.com',
      'From: shop@evil.example',
    ])
      expect((await reading(letter(TEXT, { more, type: 'text/plain' }))).orders).toEqual([]);
  });

  it('say what was cancelled or refunded of an order that is known, and are none of their own', async () => {
    const cancelled = letter(
      `<p>Order number: ${NUMBER}</p><p>Your order was canceled. You were not charged.</p><p>Order Total: $0.00</p>`,
      { subject: `Canceled: order #${NUMBER}`, date: 'Wed, 02 Jul 2025 10:00:00 -0400' },
    );
    const refund = letter(
      `<p>Order number: ${NUMBER}</p><table><tr><td>Rye Bread</td><td>Refund</td><td>$3.10</td></tr></table><p>Refund total: $3.10</p>`,
      { subject: 'Your refund', date: 'Thu, 03 Jul 2025 10:00:00 -0400' },
    );
    const ordered = letter(TEXT, { type: 'text/plain' });
    expect((await merged([{ bytes: cancelled }, { bytes: refund }])).size).toBe(0);
    const returned = (await merged([{ bytes: refund }, { bytes: ordered }])).get('200013100000042')!;
    expect([returned.refundCents, returned.totalCents, returned.lines.map(({ state }) => state)]).toEqual([
      310,
      1136,
      ['bought', 'returned'],
    ]);
    const none = (await merged([{ bytes: cancelled }, { bytes: ordered }])).get('200013100000042')!;
    expect(none).toMatchObject({ status: 'cancelled', totalCents: 0, subtotalCents: 0 });
    expect(none.lines).toMatchObject(
      ITEMS.map(({ name, orderedQuantity, orderedCents }) => ({
        name,
        state: 'cancelled',
        quantity: 0,
        lineCents: 0,
        orderedQuantity,
        listedCents: orderedCents,
      })),
    );
  });

  it('that estimate are never called reconciled', async () => {
    const order = (await merged([{ bytes: letter(TEXT, { type: 'text/plain' }) }])).get('200013100000042')!;
    expect([order.reconciled, order.linesAre]).toEqual(['none', 'ordered']);
  });

  it('with more parts within parts than any real one are refused with a sentence', async () => {
    const nested = Array.from(
      { length: 300 },
      (_, i) => `Content-Type: multipart/mixed; boundary="n${i}"\r\n\r\n--n${i}\r\n`,
    ).join('');
    await expect(
      reading(Buffer.from(`From: help@walmart.com\r\nSubject: x\r\nMIME-Version: 1.0\r\n${nested}end\r\n`)),
    ).rejects.toThrow(Unreadable);
    const parts = '--b\r\nContent-Type: text/plain\r\n\r\npart\r\n'.repeat(10_000);
    await expect(
      reading(
        Buffer.from(
          `From: help@walmart.com\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n${parts}`,
        ),
      ),
    ).rejects.toThrow(Unreadable);
  });

  it('with thousands of words in a header are read as far as they say something', async () => {
    const subject = '=?UTF-8?B?QQ==?= '.repeat(4000);
    expect(await reading(letter(`Order number: ${NUMBER}`, { subject, type: 'text/plain' }))).toMatchObject({
      orders: [],
      skipped: [{ where: 'mail 1' }],
    });
  });

  it('in French count in its words, and add up taxes that are named one by one', async () => {
    const { orders } = await reading(
      letter(
        `<p>Numéro de commande : ${NUMBER}</p><p>Date de la commande : 29 juin 2025</p>
        <div>Lait 2 %, 4 L</div><div>Qté 2</div><div>12,58 $</div><div>Pain de blé</div><div>Qté 1</div><div>3,49 $</div>
        <p>Sous-total 16,07 $</p><p>TPS 0,17 $</p><p>TVQ 0,35 $</p><p>Total 16,59 $</p>`,
        { from: 'Walmart Canada <help@walmart.ca>', subject: 'Votre commande a été livrée' },
      ),
    );
    expect(orders).toMatchObject([
      {
        orderedOn: '2025-06-29',
        currency: 'CAD',
        taxCents: 52,
        taxLines: [
          { label: 'TPS', cents: 17 },
          { label: 'TVQ', cents: 35 },
        ],
        totalCents: 1659,
        lines: [
          { name: 'Lait 2 %, 4 L', quantity: 2, lineCents: 1258 },
          { name: 'Pain de blé', quantity: 1, lineCents: 349 },
        ],
      },
    ]);
  });

  const block = (...all: string[]) => all.map((text) => `<div>${text}</div>`).join('');
  it.each<[string, string]>([
    [
      'each amount below its label',
      block('Subtotal', '$11.06', 'Bag charge', '$0.10', 'Tax', '$0.30', 'Total', '$11.46', 'Visa', '$11.46'),
    ],
    [
      'all labels, and then all amounts',
      block('Subtotal', 'Bag fee', 'Tax', 'Total') + block('$11.06', '$0.10', '$0.30', '$11.46'),
    ],
    [
      'each in blocks of its own',
      [
        ['Subtotal', '$11.06'],
        ['Bag fee', '$0.10'],
        ['Tax', '$0.30'],
        ['Total', '$11.46'],
      ]
        .map(([label, amount]) => `<div class="row"><div><p>${label}</p></div><div><b>${amount}</b></div></div>`)
        .join(''),
    ],
  ])('of blocks and no tables have their sums read: %s', async (_how, sums) => {
    const items = block('Oat Milk, 64 fl oz', 'Qty 2', '$7.96', 'Rye Bread', 'Qty 1', '$3.10');
    const found = await only(letter(block(`Order #${NUMBER}`) + items + sums, { subject: 'Delivered: your order' }));
    expect(found).toMatchObject({ subtotalCents: 1106, taxCents: 30, feesCents: 10, totalCents: 1146 });
    expect(found.lines.map(({ name, quantity, lineCents }) => [name, quantity, lineCents])).toEqual([
      ['Oat Milk, 64 fl oz', 2, 796],
      ['Rye Bread', 1, 310],
    ]);
  });

  it('may say by the names of their elements what is in them', async () => {
    const { orders } = await reading(
      letter(
        `<orderdate>June 29, 2025</orderdate><ordernumber>5319448-177603</ordernumber>
        <table><tr><td><itemname>Maple Syrup</itemname></td><td><quantity>2</quantity></td><td>CDN$ 19.98</td></tr></table>
        <p>Subtotal: CDN$ 19.98</p><p>HST: CDN$ 2.60</p><p>Order Total: CDN$ 22.58</p>`,
        { from: 'Walmart.ca <noreply@walmart.ca>' },
      ),
    );
    expect(orders).toMatchObject([
      {
        numberKey: '5319448177603',
        orderedOn: '2025-06-29',
        taxCents: 260,
        lines: [{ name: 'Maple Syrup', orderedQuantity: 2, orderedCents: 1998 }],
      },
    ]);
  });

  it.each([
    ['Milk, 1 gal x2 $7.96', 'Milk, 1 gal', 2],
    ['Towels 6 x 12 $7.96', 'Towels 6 x 12', null],
    ['Milk, 1 gal (x2) $7.96', 'Milk, 1 gal', 2],
  ])('count in a line of text as in %s', async (line, name, quantity) => {
    const body = `Order number: ${NUMBER}\n${line}\nTotal: $7.96\n`;
    const { orders } = await reading(letter(body, { subject: 'Delivered', type: 'text/plain' }));
    expect(orders[0]!.lines).toMatchObject([{ name, quantity, lineCents: 796 }]);
  });
});
