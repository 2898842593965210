import { randomOf } from '../../src/common/random.js';

/** Orders of a household as two tables of a public exporter, with what is true of each. Pure: the same seed, the same bytes. */
export interface Made {
  /** The table of orders and that of their items. */
  files: { name: string; content: string | Uint8Array<ArrayBuffer> }[];
  lines: number;
  products: number;
  /** By number: whether the lines add up to the subtotal, and whether all that comes to it adds up to the total. */
  truth: Map<string, { items: boolean; total: boolean }>;
}

const ORDER_COLUMNS =
  'Order Number,Order Date,Subtotal (Before Savings),Savings,Subtotal,Delivery Charges,Bag Fee,Tax,Tip,Refund,Donations,Order Total,Order Type';
const ITEM_COLUMNS = 'Order Number,Order Date,Product Name,Quantity,Price,Delivery Status,Product Link';
const PRODUCTS = 5000;
const FIRST_DAY = Date.UTC(2016, 0, 1);
const DAY_MS = 86_400_000;
/** Share of orders whose table lacks a line, and of those with a charge that no column tells. */
const FLAWED = 0.005;
/** More than any savings, so that it is not taken for them. */
const UNTOLD_CENTS = 77_777;

export function makeOrders(count: number, seed: number): Made {
  const random = randomOf(seed);
  const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const orders: string[] = [ORDER_COLUMNS];
  const items: string[] = [ITEM_COLUMNS];
  const truth: Made['truth'] = new Map();
  const bought = new Set<number>();
  for (let n = 0; n < count; n++) {
    const number = String(200_013_200_000_000 + n);
    const day = dayText(FIRST_DAY + Math.floor((n * 3500) / count) * DAY_MS);
    const isShort = random() < FLAWED;
    const isOdd = random() < FLAWED;
    const rows = Array.from({ length: whole(4, 14) }, (_, at) => {
      const product = whole(1, PRODUCTS);
      const quantity = whole(1, 4);
      const cents = quantity * (99 + ((product * 37) % 1900));
      const state = at > 0 && random() < 0.04 ? (random() < 0.5 ? 'Unavailable' : 'Canceled') : 'Delivered';
      return { product, quantity, cents, state };
    });
    const subtotal = rows.reduce((sum, { cents, state }) => sum + (state === 'Delivered' ? cents : 0), 0);
    const shown = isShort ? rows.slice(1) : rows;
    for (const { product, quantity, cents, state } of shown) {
      bought.add(product);
      const name = `"Product ${product}, ${1 + (product % 48)} oz"`;
      items.push(
        `${number},"${day}",${name},${quantity},${dollars(cents)},${state},https://www.walmart.com/ip/${700_000_000 + product}`,
      );
    }
    const [delivery, bag, tax, tip, donation] = [
      whole(0, 1) * 795,
      whole(0, 1) * 10,
      whole(0, 400),
      whole(0, 800),
      whole(0, 9) === 0 ? 100 : 0,
    ];
    // A third have savings: half of them within the subtotal already, half off the total.
    const savings = whole(0, 2) === 0 ? whole(50, Math.max(51, Math.floor(subtotal / 3))) : 0;
    const isWithin = whole(0, 1) === 0;
    const total =
      subtotal + delivery + bag + tax + tip + donation - (isWithin ? 0 : savings) + (isOdd ? UNTOLD_CENTS : 0);
    const before = savings > 0 && isWithin ? dollars(subtotal + savings) : '0';
    orders.push(
      [
        number,
        `"${day}"`,
        before,
        dollars(savings),
        dollars(subtotal),
        dollars(delivery),
        dollars(bag),
        dollars(tax),
        dollars(tip),
        '',
        donation ? dollars(donation) : '',
        dollars(total),
        'GLASS',
      ].join(','),
    );
    truth.set(number, { items: !isShort, total: !isOdd });
  }
  return {
    files: [
      { name: 'Walmart_Orders.csv', content: orders.join('\r\n') },
      { name: 'Walmart_Order_Items.csv', content: items.join('\r\n') },
    ],
    lines: items.length - 1,
    products: bought.size,
    truth,
  };
}

const dollars = (cents: number): string => (cents / 100).toFixed(2);

function dayText(at: number): string {
  const [, day, month, year] = new Date(at).toUTCString().split(/[, ]+/);
  return `${month} ${day}, ${year}`;
}
