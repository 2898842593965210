import { verify } from 'node:crypto';
import {
  DAY_MS,
  type ProviderSimulator,
  type SimulatedProduct,
  type SimulatedReply,
  type SimulatedRequest,
  type SimulatedWorld,
} from '../simulation.js';
import { stringToSign } from './walmart.mapping.js';
import { SIMULATED_PUBLIC_KEY } from './walmart.simulated-key.js';

const WINDOW_MS = 180_000;
const BASE = '/api-proxy/service/affil/product/v2';
const STORE = 'valuemart';
const CONSUMER = '00000000-0000-4000-8000-000000000001';
const KEY_VERSION = '1';
const CALLS_PER_DAY = 5000;
const SORTS = ['relevance', 'price', 'title', 'bestseller', 'customerRating', 'new'];
/** What `responseGroup=base` leaves out, of the fields we send. */
const FULL_ONLY = ['brandName', 'size', 'stock', 'offerId', 'maxItemsInOrder'];

/** Walmart's dialect: the signature is really verified, with their window and their gateway's error shape. */
export function simulator(): ProviderSimulator {
  return {
    id: 'WALMART_API',
    auxiliary: /\/(stores|taxonomy)$/,
    refusal,
    respond(request, world) {
      const fault = signatureFault(request, world);
      if (fault) return unauthenticated(401, fault);
      if (!world.allows('walmart', CALLS_PER_DAY, DAY_MS)) return refusal(429);
      const path = request.path.startsWith(BASE) ? request.path.slice(BASE.length) : '';
      if (request.method !== 'GET') return refusal(404);
      if (path === '/search') return search(request, world);
      if (path === '/items') return items(request, world);
      const one = /^\/items\/(\d+)$/.exec(path);
      const found = one && itemOf(one[1]!, world);
      return found ? { status: 200, body: found } : refusal(404);
    },
  };
}

/** Bodies other than 401's and 400's were never seen. */
function refusal(status: number): SimulatedReply {
  if (status === 401 || status === 403) return unauthenticated(status, 'Signature verification failed');
  return { status, body: { errors: [{ message: `simulated ${status}` }] } };
}

function signatureFault({ headers }: SimulatedRequest, world: SimulatedWorld): string | null {
  const consumer = headers['wm_consumer.id'] ?? '';
  const timestamp = headers['wm_consumer.intimestamp'] ?? '';
  const version = headers['wm_sec.key_version'] ?? '';
  if (consumer !== CONSUMER || version !== KEY_VERSION) return 'unknown consumer or key version';
  if (!/^\d{13}$/.test(timestamp)) return 'missing timestamp';
  if (Math.abs(world.wallMs() - Number(timestamp)) > WINDOW_MS) return 'timestamp expired';
  const signature = Buffer.from(headers['wm_sec.auth_signature'] ?? '', 'base64');
  const valid = verify(
    'RSA-SHA256',
    Buffer.from(stringToSign(consumer, timestamp, version)),
    SIMULATED_PUBLIC_KEY,
    signature,
  );
  return valid ? null : 'Signature verification failed';
}

function unauthenticated(status: number, fault: string): SimulatedReply {
  const about = 'affil-product, version: 2.0.0, env: prod';
  return {
    status,
    body: {
      details: {
        Description: `Could not authenticate in-request, auth signature : ${fault}: ${about}`,
        'wm_svc.version': '2.0.0',
        'wm_svc.name': 'affil-product',
        'wm_svc.env': 'prod',
      },
    },
  };
}

function bad(message: string): SimulatedReply {
  return { status: 400, body: { errors: [{ message }] } };
}

function search({ query }: SimulatedRequest, world: SimulatedWorld): SimulatedReply {
  const text = query.get('query') ?? '';
  const count = Number(query.get('numItems') ?? 10);
  const start = Number(query.get('start') ?? 1);
  const sort = query.get('sort') ?? 'relevance';
  const responseGroup = query.get('responseGroup') ?? 'base';
  if (!text) return bad('query is required');
  if (!Number.isInteger(count) || count < 1 || count > 25) return bad('numItems should be between 1 and 25');
  if (!Number.isInteger(start) || start < 1 || start > 1000) return bad('start should be between 1 and 1000');
  if (!SORTS.includes(sort)) return bad('sort is not valid');
  const found = world.search(STORE, text, start - 1 + count).slice(start - 1);
  const rows = withOtherSeller(found.map(row)).slice(0, count);
  const shown = responseGroup === 'full' ? rows : rows.map(base);
  const about = { query: text, sort, responseGroup, totalResults: start - 1 + shown.length, start };
  return { status: 200, body: { ...about, numItems: shown.length, items: shown, facets: [] } };
}

function items({ query }: SimulatedRequest, world: SimulatedWorld): SimulatedReply {
  const ids = query.get('ids')?.split(',') ?? [];
  if (ids.length < 1 || ids.length > 20) return bad('ids should have between 1 and 20 items');
  return { status: 200, body: { items: ids.flatMap((id) => itemOf(id, world) ?? []) } };
}

type Row = Record<string, unknown> & { itemId: number };

/** Looked up by id, every item states its price. */
function itemOf(id: string, world: SimulatedWorld): Row | null {
  const product = world.find(STORE, id);
  return product ? { ...row(product), salePrice: priceOf(product) } : null;
}

/** Another seller offers the first item too, for less and not ours to sell. */
function withOtherSeller(rows: Row[]): Row[] {
  const [first, ...rest] = rows;
  if (!first || first.itemId % 3 !== 0) return rows;
  const price = typeof first.salePrice === 'number' ? first.salePrice / 2 : 1;
  const twin = { ...first, itemId: first.itemId * 10, salePrice: price, marketplace: true, sellerInfo: 'Other Seller' };
  return [first, twin, ...rest];
}

function base(item: Row): Row {
  return Object.fromEntries(Object.entries(item).filter(([field]) => !FULL_ONLY.includes(field))) as Row;
}

function priceOf(product: SimulatedProduct): number {
  return (product.salePriceCents ?? product.priceCents) / 100;
}

/** Every field but itemId and name may be missing, so some are. */
function row(product: SimulatedProduct): Row {
  const itemId = Number(product.id);
  return {
    itemId,
    name: product.name,
    msrp: product.priceCents / 100,
    ...(itemId % 29 === 0 ? {} : { salePrice: priceOf(product) }),
    // At times a number, as seen in the wild.
    upc: itemId % 7 === 0 ? Number(product.gtin) : product.gtin,
    ...(itemId % 11 === 0 ? {} : { brandName: product.brand }),
    size: product.sizeText,
    categoryPath: `${product.department}/${product.aisle}`,
    ...(itemId % 13 === 0 ? {} : { stock: product.inStock ? 'Available' : 'Not available' }),
    availableOnline: product.inStock,
    marketplace: false,
    offerType: 'ONLINE_AND_STORE',
    standardShipRate: 6.99,
  };
}
