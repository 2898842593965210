import type { Cart } from '../../../sdk/client.js';

export type Step = Cart['actions'][number]['next'][number];

export type Does =
  | { kind: 'say'; text: string; cartId: string | null }
  | { kind: 'ask'; body: Readonly<Record<string, unknown>> }
  | { kind: 'plan' };

/** What a step comes to on this page; null where it is done elsewhere on it, or is for programs alone. Pure. */
export function doesOf({ method, path, body, needs }: Step): Does | null {
  if (method !== 'POST' || body === null) return null;
  if (path === '/v1/carts' && needs.length === 0 && typeof body.text === 'string')
    return { kind: 'say', text: body.text, cartId: typeof body.cartId === 'string' ? body.cartId : null };
  if (path === '/v1/routes' && needs.every((field) => field === 'shippingAddress')) return { kind: 'ask', body };
  return path === '/v1/plans' ? { kind: 'plan' } : null;
}

/** Where what was found is seen in this console; null where it has no page. Pure. */
export function pageOf({ kind, id }: Cart['actions'][number]['found'][number]): string | null {
  if (id === null) return null;
  return kind === 'route' ? `/routes/${id}` : kind === 'plan' ? `/plans/${id}` : null;
}
