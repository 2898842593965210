import { verify } from 'node:crypto';
import type {
  ProviderSimulator,
  SimulatedProduct,
  SimulatedReply,
  SimulatedRequest,
  SimulatedWorld,
} from '../simulation.js';
import { stringToSign } from './walmart.mapping.js';

const WINDOW_MS = 180_000;
const SEARCH = '/api-proxy/service/affil/product/v2/search';
const STORE = 'valuemart';

/** Walmart's dialect: the signature is really verified, with their window and their gateway's error shape. */
export function walmartSimulator(publicKeyPem: string): ProviderSimulator {
  return {
    id: 'WALMART_API',
    respond(request, world) {
      const fault = signatureFault(request, world, publicKeyPem);
      if (fault) return unauthenticated(fault);
      if (request.path !== SEARCH) return { status: 404, body: { errors: [{ message: 'no such path' }] } };
      return search(request, world);
    },
  };
}

function signatureFault({ headers }: SimulatedRequest, world: SimulatedWorld, publicKeyPem: string): string | null {
  const consumer = headers['wm_consumer.id'] ?? '';
  const timestamp = headers['wm_consumer.intimestamp'] ?? '';
  const version = headers['wm_sec.key_version'] ?? '';
  if (!consumer || !/^\d{13}$/.test(timestamp)) return 'missing headers';
  if (Math.abs(world.nowMs() - Number(timestamp)) > WINDOW_MS) return 'timestamp expired';
  const signature = Buffer.from(headers['wm_sec.auth_signature'] ?? '', 'base64');
  const valid = verify('RSA-SHA256', Buffer.from(stringToSign(consumer, timestamp, version)), publicKeyPem, signature);
  return valid ? null : 'Signature verification failed';
}

function unauthenticated(fault: string): SimulatedReply {
  const about = 'affil-product, version: 2.0.0, env: prod';
  return {
    status: 401,
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

function search({ query }: SimulatedRequest, world: SimulatedWorld): SimulatedReply {
  const text = query.get('query') ?? '';
  const count = Number(query.get('numItems') ?? 10);
  if (!text) return { status: 400, body: { errors: [{ code: 4003, message: 'query is required' }] } };
  if (!Number.isInteger(count) || count < 1 || count > 25) {
    return { status: 400, body: { errors: [{ message: 'numItems should be between 1 and 25' }] } };
  }
  const items = world.search(STORE, text, count).map(row);
  return {
    status: 200,
    body: {
      query: text,
      sort: 'relevance',
      responseGroup: 'full',
      totalResults: items.length,
      start: 1,
      numItems: items.length,
      items,
      facets: [],
    },
  };
}

function row(product: SimulatedProduct): object {
  const itemId = Number(product.id);
  return {
    itemId,
    name: product.name,
    msrp: product.priceCents / 100,
    salePrice: (product.salePriceCents ?? product.priceCents) / 100,
    // At times a number, as seen in the wild.
    upc: itemId % 7 === 0 ? Number(product.gtin) : product.gtin,
    ...(itemId % 11 === 0 ? {} : { brandName: product.brand }),
    size: product.sizeText,
    categoryPath: `${product.department}/${product.aisle}`,
    stock: product.inStock ? 'Available' : 'Not available',
    availableOnline: product.inStock,
    marketplace: false,
    offerType: 'ONLINE_AND_STORE',
  };
}
