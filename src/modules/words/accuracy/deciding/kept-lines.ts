import type { CartState, ReadAs, StateLine } from '../../carts/deciding/cart-state.js';

/** What the words of a cart were read to be: its own lines about which nothing was asked. Pure. */
export function readAs({ lines, actions }: Pick<CartState, 'lines' | 'actions'>): ReadAs[] {
  const own = new Set(actions.flatMap(({ type, lines: ids }) => (type === 'show' ? [] : ids)));
  return lines.filter(({ id, state }) => state === 'settled' && own.has(id)).map(plain);
}

/** How many of them stand in later lines as they were read. */
export function keptOf(read: readonly ReadAs[], later: readonly StateLine[]): number {
  const standing = new Map(later.filter(({ state }) => state === 'settled').map((line) => [line.id, plain(line)]));
  return read.filter((line) => JSON.stringify(standing.get(line.id)) === JSON.stringify(plain(line))).length;
}

const plain = ({ id, name, quantity, unit, size, brand }: ReadAs): ReadAs => ({
  id,
  name,
  quantity,
  unit,
  size,
  brand,
});
