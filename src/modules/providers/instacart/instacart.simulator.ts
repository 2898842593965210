import { createHash } from 'node:crypto';
import type { ProviderSimulator, SimulatedReply, SimulatedRequest } from '../simulation.js';

const BEARER = 'Bearer keys.00000000000000000000000000000000';
/** Theirs is not published; it is per second. */
const PER_SECOND = 10;
const MAX_DAYS = 365;

/** Instacart's dialect: a link for a list, their error shapes, never a price. */
export function simulator(): ProviderSimulator {
  return {
    id: 'INSTACART',
    auxiliary: /^\/idp\/v1\/retailers$/,
    refusal: (status) => refused(status, [[`simulated ${status}`, 'request']]),
    respond(request, world) {
      if (request.headers.authorization !== BEARER) return refused(401, [['Unauthorized', 'authorization']]);
      // Neither rate headers nor Retry-After come with it.
      if (!world.allows('instacart', PER_SECOND, 1000)) return refused(429, [['Too many requests', 'request']]);
      switch (`${request.method} ${request.path}`) {
        case 'POST /idp/v1/products/products_link':
          return link(request);
        case 'GET /idp/v1/retailers':
          return retailers(request);
        default:
          return refused(404, [['Not found', 'path']]);
      }
    },
  };
}

type Problem = readonly [message: string, key: string];

function link({ body, headers }: SimulatedRequest): SimulatedReply {
  let list: Record<string, unknown>;
  try {
    list = JSON.parse(body) as typeof list;
  } catch {
    return refused(400, [['body is not JSON', 'body']]);
  }
  if (!headers['content-type']?.startsWith('application/json')) return refused(400, [['must be JSON', 'content-type']]);
  const problems: Problem[] = [];
  if (typeof list.title !== 'string' || list.title === '') problems.push(["can't be blank", 'title']);
  const days = list.expires_in;
  if (days !== undefined && !(Number.isInteger(days) && Number(days) >= 1 && Number(days) <= MAX_DAYS)) {
    problems.push(['must be between 1 and 365', 'expires_in']);
  }
  if (!['shopping_list', 'recipe', undefined].includes(list.link_type as string | undefined)) {
    problems.push(['is not included in the list', 'link_type']);
  }
  if (!Array.isArray(list.line_items) || list.line_items.length === 0) problems.push(["can't be blank", 'line_items']);
  else if (!(list.line_items as { name?: unknown }[]).every((item) => typeof item.name === 'string' && item.name)) {
    problems.push(["can't be blank", 'line_items.name']);
  }
  if (problems.length > 0) return refused(400, problems);
  const number = createHash('sha256').update(body).digest().readUInt32BE(0);
  return { status: 200, body: { products_link_url: `https://www.instacart.com/store/shopping_lists/${number}` } };
}

function retailers({ query }: SimulatedRequest): SimulatedReply {
  if (!query.get('postal_code')) return refused(400, [["can't be blank", 'postal_code']]);
  if (!['US', 'CA'].includes(query.get('country_code') ?? '')) return refused(400, [['is invalid', 'country_code']]);
  return { status: 200, body: { retailers: [{ retailer_key: 'demo_mart', name: 'Demo Mart' }] } };
}

/** One problem in their single shape; several in the other, which is only partly confirmed. */
function refused(status: number, problems: readonly Problem[]): SimulatedReply {
  const errors = problems.map(([message, key]) => ({ error: { message, code: 1001 }, meta: { key } }));
  return { status, body: errors.length === 1 ? errors[0] : { error: { message: 'several problems', errors } } };
}
