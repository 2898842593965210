import {
  DAY_MS,
  type ProviderSimulator,
  type SimulatedProduct,
  type SimulatedReply,
  type SimulatedRequest,
  type SimulatedWorld,
} from '../simulation.js';

const BASIC = `Basic ${Buffer.from('simulated-client:simulated-secret').toString('base64')}`;
const TOKEN_SECONDS = 1800;
const LOCATION = '01400441';
const STORE = 'freshway';
const CHAIN = 'KROGER';
/** Nobody lives there: the postal code with no store near it. */
const NOWHERE = '00000';
/** Calls per day, counted per endpoint from the first call on. */
const QUOTAS: readonly (readonly [prefix: string, calls: number])[] = [
  ['/v1/products', 10_000],
  ['/v1/locations', 1600],
  ['/v1/chains', 1600],
  ['/v1/cart', 5000],
];

/**
 * Kroger's dialect: token, locations, chains, products and cart, with their limits and their several error shapes. `pageOutage` is the
 * fault of November 2025: 500 PRODUCT-4011 for every page of more than 11 rows.
 */
export function simulator({ pageOutage = false }: { pageOutage?: boolean } = {}): ProviderSimulator {
  const tokens = new Map<string, number>();
  return {
    id: 'KROGER_API',
    auxiliary: /oauth2\/token|^\/v1\/(locations|chains)/,
    refusal,
    respond(request, world) {
      const { path } = request;
      if (path === '/v1/connect/oauth2/token') return token(request, world, tokens);
      const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if ((tokens.get(bearer) ?? 0) <= world.nowMs()) return refusal(401, world);
      const quota = QUOTAS.find(([prefix]) => path.startsWith(prefix));
      if (quota && !world.allows(`kroger:${quota[0]}`, quota[1], DAY_MS)) return refusal(429, world);
      // Only a customer's token may write a cart, and this host gives out none.
      if (path === '/v1/cart/add' && request.method === 'PUT') return refusal(401, world);
      if (request.method !== 'GET') return refusal(404, world);
      if (path === '/v1/locations') return locations(request, world);
      if (path === `/v1/locations/${LOCATION}`) return { status: 200, body: { data: location() } };
      if (path === `/v1/chains/${CHAIN}`) return { status: 200, body: { data: chain() } };
      if (path === '/v1/chains') return { status: 200, body: { data: [chain()] } };
      if (path === '/v1/products') return products(request, world, pageOutage);
      const one = /^\/v1\/products\/(\d{13})$/.exec(path);
      return one ? product(one[1]!, request, world) : refusal(404, world);
    },
  };
}

/** Their words by status. The body of a 429 is in no specification. */
function refusal(status: number, world: SimulatedWorld): SimulatedReply {
  const timestamp = world.nowMs();
  const wrapped = (code: string, reason: string) => ({ status, body: { errors: { timestamp, code, reason } } });
  if (status === 401) {
    const description = 'The access token is invalid or has expired';
    return { status, body: { errors: { error: 'invalid_token', error_description: description } } };
  }
  if (status === 403) return wrapped('Forbidden', 'missing required scopes');
  if (status === 429) return wrapped('Too-Many-Requests', 'daily quota exceeded');
  return status >= 500 ? wrapped('PRODUCT-4xxx-xxx', 'internal error') : wrapped('NOT-FOUND', 'not found');
}

/** Token errors are not wrapped. */
function token(request: SimulatedRequest, world: SimulatedWorld, tokens: Map<string, number>): SimulatedReply {
  const refused = (status: number, error: string, error_description: string): SimulatedReply => ({
    status,
    body: { error, error_description },
  });
  if (request.method !== 'POST') return refusal(404, world);
  if (request.headers.authorization !== BASIC) return refused(401, 'unauthorized', 'invalid credentials');
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return refused(400, 'unsupported_grant_type', 'invalid grant_type');
  }
  const form = new URLSearchParams(request.body);
  if (form.get('grant_type') !== 'client_credentials') {
    return refused(400, 'unsupported_grant_type', 'invalid grant_type');
  }
  if ((form.get('scope') ?? 'product.compact') !== 'product.compact') {
    return refused(400, 'invalid_scope', 'invalid scope');
  }
  for (const [known, until] of tokens) if (until <= world.nowMs()) tokens.delete(known);
  const access = `simulated.${world.freshId()}.token`;
  tokens.set(access, world.nowMs() + TOKEN_SECONDS * 1000);
  return { status: 200, body: { access_token: access, token_type: 'bearer', expires_in: TOKEN_SECONDS } };
}

function locations({ query }: SimulatedRequest, world: SimulatedWorld): SimulatedReply {
  // The specification's flat shape, which products do not use.
  const refused = (reason: string): SimulatedReply => ({
    status: 400,
    body: { timestamp: world.nowMs(), code: 'API-4101-400', reason },
  });
  const zip = query.get('filter.zipCode.near');
  const near = [zip, query.get('filter.latLong.near'), query.get('filter.lat.near')].filter((value) => value !== null);
  if (near.length !== 1) return refused('exactly one of zipCode.near, latLong.near and lat.near is needed');
  if (zip !== null && !/^\d{5}$/.test(zip)) return refused("Field 'zipCode.near' must have 5 digits");
  if (!within(query.get('filter.radiusInMiles'), 1, 100)) return refused("Field 'radiusInMiles' must be 1 to 100");
  if (!within(query.get('filter.limit'), 1, 200)) return refused("Field 'limit' must be between 1 and 200");
  const data = zip === NOWHERE ? [] : [location()];
  const limit = Number(query.get('filter.limit') ?? 10);
  return { status: 200, body: { data, meta: { pagination: { total: data.length, start: 0, limit } } } };
}

function location(): object {
  return {
    locationId: LOCATION,
    storeNumber: '00441',
    divisionNumber: '014',
    chain: CHAIN,
    name: 'FreshWay Market Downtown',
    address: { addressLine1: '100 Court St', city: 'Cincinnati', state: 'OH', zipCode: '45202' },
    geolocation: { latLng: '39.1031,-84.512', latitude: 39.1031, longitude: -84.512 },
    hours: { Open24: false, timezone: 'America/New_York' },
    departments: [],
  };
}

function chain(): object {
  return { name: CHAIN, domain: 'www.freshway.example', modalityCapabilities: { delivery: true, instore: true } };
}

function products({ query }: SimulatedRequest, world: SimulatedWorld, pageOutage: boolean): SimulatedReply {
  const ids = query.get('filter.productId')?.split(',') ?? null;
  const term = query.get('filter.term')?.trim() ?? null;
  const brand = query.get('filter.brand');
  const located = query.get('filter.locationId') !== null;
  const limit = Number(query.get('filter.limit') ?? 10);
  const start = Number(query.get('filter.start') ?? 0);
  const reason = fault(query, ids, term, brand);
  if (reason) {
    return { status: 400, body: { errors: { timestamp: world.nowMs(), code: 'PRODUCT-2011', reason } } };
  }
  if (pageOutage && (limit > 11 || start > 1)) {
    const body = { errors: { timestamp: world.nowMs(), code: 'PRODUCT-4011', reason: 'internal error' } };
    return { status: 500, body };
  }
  const found = ids
    ? ids.flatMap((id) => byProductId(id, world) ?? [])
    : world
        .search(STORE, term ?? brand!.replaceAll('|', ' '), start + limit)
        .filter((row) => !brand || brand.split('|').includes(row.brand))
        .slice(start);
  const pagination = { total: start + found.length, start, limit };
  return { status: 200, body: { data: found.map((each) => row(each, located)), meta: { pagination } } };
}

/** Why they would refuse the search, in their way of saying it; only the sentence about locationId was seen word for word. */
function fault(query: URLSearchParams, ids: string[] | null, term: string | null, brand: string | null): string | null {
  const location = query.get('filter.locationId');
  const ways = query.get('filter.fulfillment')?.split(',') ?? [];
  if (location !== null && !/^[A-Za-z0-9]{8}$/.test(location)) {
    return "Field 'locationId' must have a length of 8 alphanumeric characters";
  }
  if (ids) {
    return ids.length <= 50 && ids.every((id) => /^\d{13}$/.test(id))
      ? null
      : "Field 'productId' must have a length of 13 digits";
  }
  // That one of the three must be given is general knowledge, not in the specification.
  if (term === null && brand === null) return "Field 'term' is required";
  if (term !== null && (term.length < 3 || term.split(/\s+/).length > 8)) {
    return "Field 'term' must have at least 3 characters and at most 8 words";
  }
  if (ways.some((way) => !['ais', 'csp', 'dth', 'sth'].includes(way))) return "Field 'fulfillment' is not valid";
  if (!within(query.get('filter.start'), 1, 250)) return "Field 'start' must be between 1 and 250";
  return within(query.get('filter.limit'), 1, 50) ? null : "Field 'limit' must be between 1 and 50";
}

function product(id: string, { query }: SimulatedRequest, world: SimulatedWorld): SimulatedReply {
  const found = byProductId(id, world);
  return found
    ? { status: 200, body: { data: row(found, query.get('filter.locationId') !== null), meta: {} } }
    : refusal(404, world);
}

/** Absent, or an integer within the bounds. */
function within(text: string | null, min: number, max: number): boolean {
  return text === null || (/^\d{1,6}$/.test(text) && Number(text) >= min && Number(text) <= max);
}

/** Their id is the barcode without its check digit, padded to 13. */
function productIdOf(gtin: string): string {
  return gtin.slice(0, -1).padStart(13, '0');
}

function byProductId(id: string, world: SimulatedWorld): SimulatedProduct | undefined {
  const digits = id.slice(-11);
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return world.findGtin(STORE, `${digits}${(10 - (sum % 10)) % 10}`);
}

function row(product: SimulatedProduct, located: boolean): object {
  const digit = Number(product.gtin.at(-2));
  const inventory = { stockLevel: product.inStock ? (digit < 3 ? 'LOW' : 'HIGH') : 'TEMPORARILY_OUT_OF_STOCK' };
  const id = productIdOf(product.gtin);
  return {
    productId: id,
    upc: id,
    productPageURI: `/p/${product.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}/${id}`,
    brand: product.brand,
    description: product.name,
    categories: [product.department],
    aisleLocations: located ? [{ number: String(digit + 1), description: product.aisle, side: 'L' }] : [],
    items: [
      {
        itemId: id,
        favorite: false,
        size: product.sizeText,
        soldBy: product.soldBy === 'weight' ? 'WEIGHT' : 'UNIT',
        // Without a location there is neither price nor stock nor fulfillment; stock is unknown for some even with one.
        ...(located ? { price: priceOf(product) } : {}),
        ...(located ? { fulfillment: { curbside: true, delivery: true, instore: true, shiptohome: false } } : {}),
        ...(located && (digit !== 7 || !product.inStock) ? { inventory } : {}),
      },
    ],
  };
}

function priceOf({ priceCents, salePriceCents }: SimulatedProduct): object {
  const [regular, promo] = [priceCents / 100, (salePriceCents ?? 0) / 100];
  return { regular, promo, regularPerUnitEstimate: regular, promoPerUnitEstimate: promo };
}
