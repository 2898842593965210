import { createHash } from 'node:crypto';
import type { ProviderSimulator, SimulatedReply, SimulatedRequest } from '../simulation.js';

const BEARER = 'Bearer keys.00000000000000000000000000000000';

/** Instacart's dialect: a link for a list, their error shape, never a price. */
export function instacartSimulator(): ProviderSimulator {
  return {
    id: 'INSTACART',
    respond(request) {
      if (request.headers.authorization !== BEARER) return refused(401, 'Unauthorized', 'authorization');
      if (request.method !== 'POST' || request.path !== '/idp/v1/products/products_link')
        return refused(404, 'Not found', 'path');
      return link(request);
    },
  };
}

function link({ body }: SimulatedRequest): SimulatedReply {
  let list: { title?: unknown; line_items?: unknown };
  try {
    list = JSON.parse(body) as typeof list;
  } catch {
    return refused(400, 'body is not JSON', 'body');
  }
  if (typeof list.title !== 'string') return refused(400, "can't be blank", 'title');
  if (!Array.isArray(list.line_items) || list.line_items.length === 0)
    return refused(400, "can't be blank", 'line_items');
  const number = createHash('sha256').update(body).digest().readUInt32BE(0);
  return { status: 200, body: { products_link_url: `https://www.instacart.com/store/shopping_lists/${number}` } };
}

function refused(status: number, message: string, key: string): SimulatedReply {
  return { status, body: { error: { message, code: 1001 }, meta: { key } } };
}
