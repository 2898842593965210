import type { Cart } from '../../../sdk/client.js';

/** So many things that were said are looked back at. */
const FURTHEST = 20;

/**
 * What was said up to a cart, oldest first: each cart names the one that it was said about. `known` are those that were read already; the last is
 * always read anew, for answers change it. Rejects as `read` does for the last; where an earlier one is gone the thread begins after it.
 */
export async function threadOf(
  id: string,
  known: Map<string, Cart>,
  read: (id: string) => Promise<Cart>,
): Promise<Cart[]> {
  const last = await read(id);
  known.set(id, last);
  const thread = [last];
  for (let before = last.cartId; before !== null && thread.length < FURTHEST;) {
    const cart = known.get(before) ?? (await readIfThere(before, read));
    if (cart === null) break;
    known.set(before, cart);
    thread.unshift(cart);
    before = cart.cartId;
  }
  return thread;
}

async function readIfThere(id: string, read: (id: string) => Promise<Cart>): Promise<Cart | null> {
  try {
    return await read(id);
  } catch (error) {
    if ((error as { status?: number }).status === 404) return null;
    throw error;
  }
}
