import { randomUUID } from 'node:crypto';
import type {
  ProviderSimulator,
  SimulatedProduct,
  SimulatedReply,
  SimulatedRequest,
  SimulatedWorld,
} from '../simulation.js';

const BASIC = `Basic ${Buffer.from('simulated-client:simulated-secret').toString('base64')}`;
const TOKEN_SECONDS = 1800;
const LOCATION = '01400441';
const STORE = 'freshway';

/** Kroger's dialect: token, locations, products, with their limits and their several error shapes. */
export function krogerSimulator(): ProviderSimulator {
  const tokens = new Map<string, number>();
  return {
    id: 'KROGER_API',
    respond(request, world) {
      if (request.path === '/v1/connect/oauth2/token') return token(request, world, tokens);
      const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if ((tokens.get(bearer) ?? 0) <= world.nowMs()) {
        return {
          status: 401,
          body: { errors: { error: 'invalid_token', error_description: 'The access token is invalid or has expired' } },
        };
      }
      if (request.path === '/v1/locations') return locations();
      if (request.path === '/v1/products') return products(request, world);
      return { status: 404, body: { errors: { code: 'NOT-FOUND', reason: 'no such path', timestamp: world.nowMs() } } };
    },
  };
}

function token(request: SimulatedRequest, world: SimulatedWorld, tokens: Map<string, number>): SimulatedReply {
  if (request.headers.authorization !== BASIC) {
    return { status: 401, body: { error: 'unauthorized', error_description: 'invalid credentials' } };
  }
  if (new URLSearchParams(request.body).get('grant_type') !== 'client_credentials') {
    return { status: 400, body: { error: 'unsupported_grant_type', error_description: 'invalid grant_type' } };
  }
  const access = `simulated.${randomUUID()}.token`;
  tokens.set(access, world.nowMs() + TOKEN_SECONDS * 1000);
  return { status: 200, body: { access_token: access, token_type: 'bearer', expires_in: TOKEN_SECONDS } };
}

function locations(): SimulatedReply {
  const location = { locationId: LOCATION, chain: 'KROGER', name: 'FreshWay Market Downtown' };
  return { status: 200, body: { data: [location], meta: { pagination: { total: 1, start: 0, limit: 1 } } } };
}

function products(request: SimulatedRequest, world: SimulatedWorld): SimulatedReply {
  const term = (request.query.get('filter.term') ?? '').trim();
  const location = request.query.get('filter.locationId');
  const limit = Number(request.query.get('filter.limit') ?? 10);
  const refused = (reason: string): SimulatedReply => ({
    status: 400,
    body: { errors: { timestamp: world.nowMs(), code: 'PRODUCT-2011', reason } },
  });
  if (term.length < 3) return refused("Field 'term' must have at least 3 characters");
  if (location !== null && !/^[A-Za-z0-9]{8}$/.test(location)) {
    return refused("Field 'locationId' must have a length of 8 alphanumeric characters");
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > 50) return refused("Field 'limit' must be between 1 and 50");
  const found = world.search(STORE, term, limit);
  return {
    status: 200,
    body: {
      data: found.map((product) => row(product, location !== null)),
      meta: { pagination: { total: found.length, start: 0, limit } },
    },
  };
}

function row(product: SimulatedProduct, located: boolean): object {
  const digit = Number(product.gtin.at(-2));
  const inventory = { stockLevel: product.inStock ? (digit < 3 ? 'LOW' : 'HIGH') : 'TEMPORARILY_OUT_OF_STOCK' };
  return {
    // The barcode without its check digit, padded to 13.
    productId: product.gtin.slice(0, -1).padStart(13, '0'),
    upc: product.gtin.slice(0, -1).padStart(13, '0'),
    brand: product.brand,
    description: product.name,
    categories: [product.department],
    items: [
      {
        itemId: product.id,
        size: product.sizeText,
        soldBy: product.soldBy === 'weight' ? 'WEIGHT' : 'UNIT',
        // Without a location there is neither price nor stock; stock is unknown for some even with one.
        ...(located
          ? { price: { regular: product.priceCents / 100, promo: (product.salePriceCents ?? 0) / 100 } }
          : {}),
        ...(located && (digit !== 7 || !product.inStock) ? { inventory } : {}),
      },
    ],
  };
}
