import { z } from 'zod';
import { Gathered } from '../../gathered.js';
import { cartLineOf } from '../../carts.js';
import { nameOf } from '../../names.js';
import type { Format } from '../format.js';

/** A shopping list of Mealie, as its API hands it out: wanted, not bought. Its order is that of the positions. */
export const mealie: Format = {
  id: 'mealie',
  read: (file) => (file.kind === 'json' ? fromJson(file.value) : null),
};

const named = z.looseObject({ name: z.string() }).nullish().catch(null);
const text = z.string().nullish().catch(null);
const Item = z.looseObject({
  quantity: z.number().nullish().catch(null),
  unit: named,
  food: named,
  note: text,
  display: text,
  checked: z.boolean().catch(false),
  position: z.number().catch(Number.MAX_SAFE_INTEGER),
});
const List = z.looseObject({ name: z.string().nullish(), listItems: z.array(z.unknown()) });

function fromJson(value: unknown) {
  const pages = z.looseObject({ items: z.array(List) }).safeParse(value).data?.items;
  const lists = pages ?? z.array(List).safeParse(value).data ?? [List.safeParse(value).data];
  if (!lists.some((list) => list !== undefined)) return null;
  const found = new Gathered();
  for (const list of lists.filter((one) => one !== undefined)) {
    const items = list.listItems.flatMap((one, index) => {
      const item = Item.safeParse(one).data;
      if (!item) found.skip(`item ${index + 1}`, 'It is not written as an item of a list.');
      return item ? [item] : [];
    });
    const lines = items
      .toSorted((a, b) => a.position - b.position)
      .flatMap(({ food, note, display, quantity, unit, checked }) => {
        const told = food ? note : null;
        const line = cartLineOf(food?.name ?? note ?? display, quantity, {
          unit: unit?.name,
          note: told,
          isDone: checked,
        });
        return line ? [line] : [];
      });
    found.carts.push({ title: nameOf(list.name) ?? 'Mealie', lines });
  }
  return found.reading('its fields');
}
