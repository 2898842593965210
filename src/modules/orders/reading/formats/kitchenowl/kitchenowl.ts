import { z } from 'zod';
import { centsOf } from '../../amounts.js';
import { cartLineOf } from '../../carts.js';
import { Gathered } from '../../gathered.js';
import { isMembers } from '../../members.js';
import { nameOf } from '../../names.js';
import type { ReadCart } from '../../reading.js';
import type { Format } from '../format.js';

/**
 * A household's export from KitchenOwl. Of its lists it tells the names alone, so the items that the household knows are one list; an
 * expense is a charge and no order. Who paid it is not kept.
 */
export const kitchenowl: Format = {
  id: 'kitchenowl',
  read: (file) => (file.kind === 'json' ? fromJson(file.value) : null),
};

const Item = z.looseObject({ name: z.string() });
const Expense = z.looseObject({ amount: z.number(), date: z.number().nullish().catch(null) });
const Export = z
  .looseObject({
    items: z.array(z.unknown()).optional(),
    recipes: z.array(z.unknown()).optional(),
    expenses: z.array(z.unknown()).optional(),
    shoppinglists: z.array(z.unknown()).optional(),
  })
  .refine(({ items, shoppinglists, recipes, expenses }) => items && (shoppinglists ?? recipes ?? expenses));

function fromJson(value: unknown) {
  const told = Export.safeParse(value).data;
  if (!told || !(told.items ?? []).every((item) => Item.safeParse(item).success)) return null;
  const found = new Gathered();
  const lines = (told.items ?? []).flatMap((item) => cartLineOf(Item.parse(item).name, null) ?? []);
  if (lines.length > 0) found.carts.push({ title: 'KitchenOwl', lines });
  const lists: string[] = [];
  for (const [index, list] of (told.shoppinglists ?? []).entries()) {
    const cart = cartOf(list, (at) => found.skip(`list ${index + 1}, item ${at}`, 'It has no name.'));
    const name = nameOf(typeof list === 'string' ? list : isMembers(list) ? list.name : null);
    if (cart) found.carts.push(cart);
    else if (name !== null) lists.push(name);
    else found.skip(`list ${index + 1}`, 'It has no name.');
  }
  if (lists.length > 0) {
    const names = lists.slice(0, 10).join(', ');
    found.ask(
      'lists_without_items',
      `The export names the lists ${names}, and not what is on them: its items are one list.`,
    );
  }
  for (const [index, each] of (told.expenses ?? []).entries()) {
    const expense = Expense.safeParse(each).data;
    const cents = expense ? centsOf(expense.amount) : null;
    if (!expense || cents === null) found.skip(`expense ${index + 1}`, 'It tells no amount.');
    else found.charges.push({ on: dayAt(expense.date), cents });
  }
  return found.reading('its fields');
}

/** `2`, `500 g`, `10 Stück`. */
const COUNTED = /^(\d{1,4}(?:[.,]\d{1,3})?)\s{0,2}(\p{L}{1,12})?\.?$/u;

/** A list with what is on it, as some versions write it: what stands beside a name may say how much. */
function cartOf(list: unknown, skip: (at: number) => void): ReadCart | null {
  if (!isMembers(list) || !Array.isArray(list.items) || list.items.length === 0) return null;
  const lines = (list.items as unknown[]).flatMap((item, at) => {
    const of = isMembers(item) && isMembers(item.item) ? { ...item.item, ...item } : item;
    const name = isMembers(of) ? of.name : of;
    const note = isMembers(of) ? nameOf(of.description) : null;
    const [, amount, unit] = COUNTED.exec(note ?? '') ?? [];
    const quantity = amount === undefined ? null : Number(amount.replace(',', '.'));
    const more = quantity === null ? { note } : { unit: unit ?? null };
    const made = typeof name === 'string' ? cartLineOf(name, quantity, more) : null;
    if (!made) skip(at + 1);
    return made ?? [];
  });
  return { title: nameOf(list.name) ?? 'KitchenOwl', lines };
}

/** Milliseconds since 1970, or seconds where they are too few for that. */
function dayAt(epoch: number | null | undefined): string | null {
  if (typeof epoch !== 'number' || epoch <= 0) return null;
  const at = new Date(epoch < 100_000_000_000 ? epoch * 1000 : epoch);
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() > 2100 ? null : at.toISOString().slice(0, 10);
}
