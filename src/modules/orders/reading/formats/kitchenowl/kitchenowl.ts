import { z } from 'zod';
import { centsOf } from '../../amounts.js';
import { cartLineOf } from '../../carts.js';
import { Gathered } from '../../gathered.js';
import { nameOf } from '../../names.js';
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
  const lists = (told.shoppinglists ?? []).flatMap((list) => nameOf(list) ?? []);
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

/** Milliseconds since 1970, or seconds where they are too few for that. */
function dayAt(epoch: number | null | undefined): string | null {
  if (typeof epoch !== 'number' || epoch <= 0) return null;
  const at = new Date(epoch < 100_000_000_000 ? epoch * 1000 : epoch);
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() > 2100 ? null : at.toISOString().slice(0, 10);
}
