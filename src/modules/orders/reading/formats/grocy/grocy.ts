import { z } from 'zod';
import { cartLineOf } from '../../carts.js';
import { Gathered } from '../../gathered.js';
import type { ReadCart } from '../../reading.js';
import type { Format } from '../format.js';

/** Tables of grocy as JSON: its shopping list, with the products and units that its rows name. What it says of stock is no order. */
export const grocy: Format = {
  id: 'grocy',
  read: (file) => (file.kind === 'json' ? fromJson(file.value) : null),
};

const id = z.union([z.number(), z.string()]).transform(String);
const number = z.coerce.number().nullish().catch(null);
const Row = z.looseObject({
  product_id: id.nullish(),
  note: z.string().nullish().catch(null),
  amount: number,
  qu_id: id.nullish().catch(null),
  shopping_list_id: id.nullish().catch(null),
  done: z.union([z.boolean(), z.coerce.number().transform((n) => n !== 0)]).catch(false),
});
const Named = z.looseObject({ id, name: z.string() });
const names = z
  .array(Named)
  .catch([])
  .transform((all) => new Map(all.map((each) => [each.id, each.name])));
const Tables = z.looseObject({
  shopping_list: z.array(z.unknown()),
  products: names,
  quantity_units: names,
  shopping_lists: names,
  stock_log: z.array(z.unknown()).catch([]),
});

function fromJson(value: unknown) {
  const told = Tables.safeParse(value).data;
  if (!told) return null;
  const found = new Gathered();
  const carts = new Map<string, ReadCart>();
  for (const [index, each] of told.shopping_list.entries()) {
    const row = Row.safeParse(each).data;
    const product = row?.product_id ? told.products.get(row.product_id) : undefined;
    const line =
      row &&
      cartLineOf(product ?? row.note, row.amount, {
        unit: row.qu_id ? (told.quantity_units.get(row.qu_id) ?? null) : null,
        note: product === undefined ? null : row.note,
        isDone: row.done,
      });
    if (!line) {
      found.skip(`row ${index + 1} of shopping_list`, 'It names no product that the file has, and no note.');
      continue;
    }
    const list = row.shopping_list_id ?? '1';
    const title = told.shopping_lists.get(list) ?? `grocy ${list}`;
    const cart = carts.get(list) ?? { title, lines: [] };
    carts.set(list, cart);
    cart.lines.push(line);
  }
  found.carts.push(...carts.values());
  if (told.stock_log.length > 0) found.skip('stock_log', 'What was put into stock or taken out of it is no order.');
  return found.reading('its fields');
}
