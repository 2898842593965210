import type {
  ProviderSimulator,
  SimulatedProduct,
  SimulatedReply,
  SimulatedRequest,
  SimulatedWorld,
} from '../simulation.js';

const STORE = 'greenleaf';
const LIMIT = 20;
const KEY = 'simulated-mealme-key';
const ADDRESS = ['user_street_num', 'user_street_name', 'user_city', 'user_state', 'user_zipcode', 'user_country'];
const DELIVERED_ORDER = ['user_latitude', 'user_longitude', ...ADDRESS];
const BUYER = ['user_email', 'user_id', 'user_name', 'user_phone'];
const SORTS = ['relevance', 'cheapest', 'fastest', 'rating', 'distance'];
/** From the sample text of their 429; the figure itself is not confirmed. */
const PER_SECOND = 10;
const ORDER_MINIMUM_CENTS = 1000;
/** Nobody delivers there: the postal code without a store near it. */
const NOWHERE = '00000';

/** MealMe's dialect: Id-Token, cents, quotes with fees and times, and orders that are quoted before they are placed. */
export function simulator(): ProviderSimulator {
  const orders = new Set<string>();
  return {
    id: 'MEALME',
    auxiliary: /^\/(location|places|search\/store)\//,
    refusal,
    respond(request, world) {
      if (request.headers['id-token'] !== KEY) return refusal(401);
      if (!world.allows('mealme', PER_SECOND, 1000)) return refusal(429);
      switch (`${request.method} ${request.path}`) {
        case 'GET /location/geocode/v2':
          return geocode(request);
        case 'GET /search/store/v3':
          return stores(request);
        case 'GET /search/product/v4':
          return search(request, world);
        case 'POST /order/order/v3':
          return order(request, world, orders);
        default:
          return refusal(404);
      }
    },
  };
}

function refusal(status: number): SimulatedReply {
  const said: Record<number, string> = { 401: 'Incorrect API key', 429: '10 per 1 second(s)!' };
  return { status, body: { error: said[status] ?? `simulated ${status}` } };
}

function bad(error: string): SimulatedReply {
  return { status: 400, body: { error } };
}

/** The geocode reply is in no specification we have. A postal code without stores is answered with a point in the sea. */
function geocode({ query }: SimulatedRequest): SimulatedReply {
  const input = query.get('input');
  if (!input) return bad('missing required parameter input');
  const point = input.includes(NOWHERE) ? { latitude: 0, longitude: 0 } : { latitude: 39.1031, longitude: -84.512 };
  return { status: 200, body: { location: point } };
}

function stores({ query }: SimulatedRequest): SimulatedReply {
  const missing = ['latitude', 'longitude'].find((name) => !isNumber(query.get(name)));
  if (missing) return bad(`missing required parameter ${missing}`);
  return { status: 200, body: { stores: atSea(query.get('latitude')) ? [] : [SHOP], next_page: null } };
}

function search({ query }: SimulatedRequest, world: SimulatedWorld): SimulatedReply {
  const missing = ['user_latitude', 'user_longitude'].filter((name) => !isNumber(query.get(name)));
  const quotes = query.get('fetch_quotes') === 'true';
  if (quotes && query.get('pickup') !== 'true') missing.push(...ADDRESS.filter((name) => !query.get(name)));
  if (missing.length > 0) return bad(`missing required parameter ${missing[0]}`);
  if (!['US', 'CA', null].includes(query.get('user_country'))) return bad('user_country should be US or CA');
  if (!['grocery', 'restaurant', '', null].includes(query.get('store_type'))) return bad('store_type is not valid');
  if (!SORTS.includes(query.get('sort') ?? 'relevance')) return bad('sort is not valid');
  const page = Number(query.get('page') ?? 0);
  if (!Number.isInteger(page) || page < 0) return bad('page is not valid');
  const found = atSea(query.get('user_latitude'))
    ? []
    : world.search(STORE, query.get('query') ?? '', (page + 1) * LIMIT).slice(page * LIMIT);
  return { status: 200, body: { products: found.map((product) => row(product, quotes)) } };
}

interface OrderBody {
  items?: { product_id?: unknown; quantity?: unknown; product_marked_price?: unknown }[];
  pickup?: unknown;
  place_order?: unknown;
  [field: string]: unknown;
}

/** A final quote for items of one menu; with `place_order` the order itself. */
function order({ body }: SimulatedRequest, world: SimulatedWorld, orders: Set<string>): SimulatedReply {
  const asked = parsed(body);
  if (!asked) return bad('body is not JSON');
  const needed = ['items', 'pickup', 'place_order', ...BUYER, ...(asked.pickup === true ? [] : DELIVERED_ORDER)];
  const missing = needed.find((name) => asked[name] === undefined);
  if (missing) return bad(`missing required parameter ${missing}`);
  if (!Number.isSafeInteger(asked.user_phone)) return bad('user_phone should be an integer');
  const lines = (asked.items ?? []).map((item) => ({
    id: String(item.product_id),
    product: world.find(STORE, String(item.product_id).replace(/^mm-/, '')),
    quantity: Number(item.quantity),
  }));
  if (lines.length === 0 || lines.some(({ quantity }) => !Number.isInteger(quantity) || quantity < 1)) {
    return bad('items should have whole quantities');
  }
  const gone = lines.filter(({ product }) => !product?.inStock).map(({ id }) => id);
  if (gone.length > 0) return { status: 420, body: { error: 'product unavailable', invalid_product_ids: gone } };
  const subtotal = lines.reduce((sum, { product, quantity }) => sum + paidCents(product!, quantity), 0);
  if (subtotal < ORDER_MINIMUM_CENTS) {
    return { status: 422, body: { error: 'order is below the minimum', invalid_option_ids: [] } };
  }
  const orderId = `-${world.freshId()}`;
  const placed = asked.place_order === true;
  if (placed) orders.add(orderId);
  const items = lines.map(({ id, product }) => ({
    name: product!.name,
    base_price: centsOf(product!),
    product_id: id,
  }));
  const final_quote = finalQuote(subtotal, items);
  const answer = { order_placed: placed, order_id: orderId, final_quote, is_sandbox: true };
  return placed
    ? { status: 200, body: { ...answer, tracking_link: `https://tracking.example/${orderId}` } }
    : { status: 202, body: answer };
}

function parsed(body: string): OrderBody | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as OrderBody) : null;
  } catch {
    return null;
  }
}

function finalQuote(subtotal: number, items: object[]): object {
  const service = Math.max(150, Math.min(1500, Math.round(subtotal / 10)));
  const tax = Math.round(subtotal * 0.025);
  const total = subtotal + 399 + service + tax;
  return {
    store: SHOP.name,
    store_id: SHOP._id,
    quote_id: 'simulated-quote',
    quote: {
      subtotal,
      delivery_fee_cents: 399,
      service_fee_cents: service,
      small_order_fee_cents: 0,
      sales_tax_cents: tax,
      delivery_time_min: 35,
      delivery_time_max: 50,
      total_without_tips: total,
      expected_time_of_arrival: '04:31 PM',
      scheduled: {},
    },
    items,
    tip: 0,
    total_with_tip: total,
    added_fees: { flat_fee_cents: 0, percent_fee: 0, is_fee_taxable: false, total_fee_cents: 0, sales_tax_cents: 0 },
    misc_fees: [],
  };
}

/** What is priced by the pound is charged by the weight that its name tells of one. */
function paidCents(product: SimulatedProduct, quantity: number): number {
  const pounds = product.soldBy === 'weight' ? Number(/([\d.]+) lb avg/.exec(product.name)?.[1] ?? 1) : 1;
  return Math.round(centsOf(product) * quantity * pounds);
}

function centsOf(product: SimulatedProduct): number {
  return product.salePriceCents ?? product.priceCents;
}

function isNumber(text: string | null): boolean {
  return text !== null && text !== '' && Number.isFinite(Number(text));
}

function atSea(latitude: string | null): boolean {
  return Number(latitude) === 0;
}

function row(product: SimulatedProduct, quotes: boolean): object {
  const price = centsOf(product);
  const [size = '', ...unit] = product.soldBy === 'weight' ? ['1', 'lb'] : product.sizeText.split(' ');
  return {
    product_id: `mm-${product.id}`,
    item_name: product.name,
    price,
    formatted_price: `$${(price / 100).toFixed(2)}`,
    ...(product.salePriceCents === null ? {} : { original_price: product.priceCents }),
    category: product.department,
    upc_codes: [product.gtin],
    unit_size: Number.isFinite(Number(size)) ? Number(size) : null,
    unit_of_measurement: unit.join(' ') || null,
    is_available: product.inStock,
    menu_id: 'greenleaf-menu',
    store: SHOP,
    ...(quotes ? { quote: QUOTE } : {}),
  };
}

const SHOP = {
  _id: 'greenleaf-1',
  name: 'Greenleaf Co-op',
  type: 'grocery',
  is_open: null,
  delivery_enabled: true,
  pickup_enabled: true,
  miles: 1.2,
};

const QUOTE = {
  time_estimate: { minimum: 35, maximum: 50, scheduled: [] },
  sales_tax_percent: 2.5,
  delivery_fee: { delivery_fee_flat: 399, delivery_fee_percent: 0, delivery_fee_taxable: false, threshold_fees: [] },
  service_fee: {
    service_fee_flat: 0,
    service_fee_percent: 10,
    service_fee_min: 150,
    service_fee_max: 1500,
    service_fee_taxable: false,
    threshold_fees: [],
  },
  small_order_fee: null,
  order_minimum: ORDER_MINIMUM_CENTS,
  asap_available: true,
};
