import type {
  ProviderSimulator,
  SimulatedProduct,
  SimulatedReply,
  SimulatedRequest,
  SimulatedWorld,
} from '../simulation.js';

const STORE = 'greenleaf';
const LIMIT = 20;
const ADDRESS = ['user_street_num', 'user_street_name', 'user_city', 'user_state', 'user_zipcode', 'user_country'];

/** MealMe's dialect: Id-Token, cents, and a quote object with fees and times when it is asked for. */
export function mealmeSimulator(): ProviderSimulator {
  return {
    id: 'MEALME',
    respond(request, world) {
      if (request.headers['id-token'] !== 'simulated-mealme-key')
        return { status: 401, body: { error: 'Incorrect API key' } };
      if (request.path === '/location/geocode/v2') {
        return { status: 200, body: { location: { latitude: 39.1031, longitude: -84.512 } } };
      }
      if (request.path === '/search/product/v4') return search(request, world);
      return { status: 404, body: { error: 'not found' } };
    },
  };
}

function search({ query }: SimulatedRequest, world: SimulatedWorld): SimulatedReply {
  const missing = ['user_latitude', 'user_longitude'].filter(
    (name) => !Number.isFinite(Number(query.get(name) ?? NaN)),
  );
  const quotes = query.get('fetch_quotes') === 'true';
  if (quotes && query.get('pickup') !== 'true') missing.push(...ADDRESS.filter((name) => !query.get(name)));
  if (missing.length > 0) return { status: 400, body: { error: `missing required parameter ${missing[0]}` } };
  const products = world.search(STORE, query.get('query') ?? '', LIMIT).map((product) => row(product, quotes));
  return { status: 200, body: { products } };
}

function row(product: SimulatedProduct, quotes: boolean): object {
  const price = product.salePriceCents ?? product.priceCents;
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
    store: { _id: 'greenleaf-1', name: 'Greenleaf Co-op', is_open: null, miles: 1.2 },
    ...(quotes ? { quote: QUOTE } : {}),
  };
}

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
  },
  order_minimum: 1000,
  asap_available: true,
};
