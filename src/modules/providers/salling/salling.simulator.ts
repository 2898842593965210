import { createHash } from 'node:crypto';
import {
  DAY_MS,
  type ProviderSimulator,
  type SimulatedReply,
  type SimulatedRequest,
  type SimulatedWorld,
} from '../simulation.js';
import { salling } from './salling.card.js';

const CALLS_PER_DAY = 10_000;
const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const HOUR_MS = 3_600_000;
/** Their quarantine; whether the number is seconds is not settled, most readers take it so. */
const QUARANTINE_SECONDS = 60;
const EARTH_KM = 6371;

/** Salling's dialect: food about to expire, by postal code or around a point, in kroner. */
export function simulator(): ProviderSimulator {
  return {
    id: 'SALLING',
    auxiliary: /^\/v2\/stores/,
    refusal,
    respond(request, world) {
      if (request.headers.authorization !== `Bearer ${salling.simulatedCredentials.token}`) return refusal(401);
      if (!world.allows('salling', CALLS_PER_DAY, DAY_MS)) return refusal(429);
      if (request.method !== 'GET') return refusal(404);
      if (/^\/v1\/food-waste\/?$/.test(request.path)) return foodWaste(request, world);
      const one = STORES.find(({ id }) => request.path === `/v1/food-waste/${id}`);
      return one ? { status: 200, body: shop(one, world) } : refusal(404);
    },
  };
}

/** Their error body is not confirmed. */
function refusal(status: number): SimulatedReply {
  const reply = { status, body: { errorCode: status, message: `simulated ${status}` } };
  return status === 429 ? { ...reply, headers: { 'retry-after': String(QUARANTINE_SECONDS) } } : reply;
}

function foodWaste({ query }: SimulatedRequest, world: SimulatedWorld): SimulatedReply {
  const zip = query.get('zip');
  const geo = query.get('geo')?.split(',').map(Number);
  const radius = Number(query.get('radius'));
  if ((zip === null) === (geo === undefined)) return refusal(400);
  if (zip !== null && !/^\d{4}$/.test(zip)) return refusal(400);
  if (geo && (geo.length !== 2 || !geo.every(Number.isFinite) || !(radius > 0))) return refusal(400);
  const near = STORES.filter((store) =>
    geo ? kilometres(geo[0]!, geo[1]!, store.coordinates) <= radius : store.address.zip === zip,
  );
  return { status: 200, body: near.map((store) => shop(store, world)) };
}

/** By the haversine formula. */
function kilometres(latitude: number, longitude: number, [toLongitude, toLatitude]: readonly number[]): number {
  const [a, b, dLat, dLon] = [latitude, toLatitude!, toLatitude! - latitude, toLongitude! - longitude].map(
    (degrees) => (degrees * Math.PI) / 180,
  ) as [number, number, number, number];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(h));
}

/** Each store clears some of the goods each day, most until the evening of the next; when it last saw each is a matter of minutes or hours. */
function shop(store: (typeof STORES)[number], world: SimulatedWorld): object {
  const day = Math.floor(world.nowMs() / DAY_MS);
  const clearances = GOODS.flatMap(([name, regular, unit, category], index) => {
    const draw = createHash('sha256').update(`${store.id} ${name} ${day}`).digest();
    if (draw[0]! < 90) return [];
    const newPrice = Math.round(regular * (30 + (draw[1]! % 40))) / 100;
    const ean = unit === 'kg' ? `2${String(index).padStart(12, '0')}` : `57${String(index).padStart(11, '0')}`;
    const start = day * DAY_MS;
    const days = draw[4]! < 64 ? 1 : 2;
    const seen = Math.floor((world.nowMs() - draw[3]! * 2 * MINUTE_MS) / QUARTER_MS) * QUARTER_MS;
    return {
      offer: {
        currency: 'DKK',
        originalPrice: regular,
        newPrice,
        discount: Math.round((regular - newPrice) * 100) / 100,
        percentDiscount: Math.round((1 - newPrice / regular) * 10_000) / 100,
        ean,
        stock: unit === 'kg' ? draw[2]! / 100 + 0.25 : 1 + (draw[2]! % 9),
        stockUnit: unit,
        startTime: new Date(start).toISOString(),
        endTime: new Date(start + days * DAY_MS - HOUR_MS).toISOString(),
        lastUpdate: new Date(Math.max(start, seen)).toISOString(),
      },
      product: { ean, description: name, image: null, categories: { da: category } },
    };
  });
  const { hours, ...told } = store;
  return { store: { ...told, type: 'customer', hours: openDays(hours, day) }, clearances };
}

/** From yesterday on, a week and a day. */
function openDays([opens, closes]: readonly [number, number], today: number): object[] {
  return Array.from({ length: 8 }, (_, at) => {
    const start = (today - 1 + at) * DAY_MS;
    const iso = (hour: number) => new Date(start + hour * HOUR_MS).toISOString();
    return { date: iso(0).slice(0, 10), type: 'store', open: iso(opens), close: iso(closes), closed: false };
  });
}

/** Their hours are UTC's: 7 to 22 o'clock there in winter. */
const STORES = [
  {
    id: '00000000-0000-4000-8000-000000000001',
    name: 'Demo Netto',
    brand: 'netto',
    address: { street: 'Demogade 1', zip: '8000', city: 'Aarhus C', country: 'DK', extra: null },
    coordinates: [10.2, 56.15],
    hours: [6, 21],
  },
  {
    id: '00000000-0000-4000-8000-000000000002',
    name: 'Demo føtex',
    brand: 'foetex',
    address: { street: 'Demogade 20', zip: '8000', city: 'Aarhus C', country: 'DK', extra: null },
    coordinates: [10.21, 56.16],
    hours: [6, 20],
  },
  {
    id: '00000000-0000-4000-8000-000000000003',
    name: 'Demo Bilka',
    brand: 'bilka',
    address: { street: 'Demovej 3', zip: '1050', city: 'København K', country: 'DK', extra: null },
    coordinates: [12.58, 55.68],
    hours: [7, 20],
  },
  {
    id: '00000000-0000-4000-8000-000000000004',
    name: 'Demo Netto Nord',
    brand: 'netto',
    address: { street: 'Demogade 44', zip: '8200', city: 'Aarhus N', country: 'DK', extra: null },
    coordinates: [10.19, 56.18],
    hours: [6, 21],
  },
  {
    id: '00000000-0000-4000-8000-000000000005',
    name: 'Demo Netto Nørrebro',
    brand: 'netto',
    address: { street: 'Demostræde 5', zip: '2200', city: 'København N', country: 'DK', extra: null },
    coordinates: [12.553, 55.694],
    hours: [6, 21],
  },
] as const;

/** Name, regular price in kroner, stock unit, category. */
const GOODS: readonly (readonly [string, number, 'each' | 'kg', string])[] = [
  ['DEMO SKYR 1 KG', 24.95, 'each', 'Mejeri>Yoghurt og skyr'],
  ['DEMO LETMÆLK 1 L', 12.5, 'each', 'Mejeri>Mælk'],
  ['DEMO RUGBRØD 950 G', 18.95, 'each', 'Brød og kager>Brød'],
  ['DEMO HAKKET OKSEKØD 8-12% 500 G', 45, 'each', 'Kød og fisk>Hakket kød'],
  ['DEMO KYLLINGEBRYST 450 G', 49.95, 'each', 'Kød og fisk>Fjerkræ'],
  ['DEMO LAKSEFILET', 189.95, 'kg', 'Kød og fisk>Fisk og skaldyr'],
  ['DEMO ØKO GULERØDDER 1 KG', 14, 'each', 'Frugt og grønt>Grøntsager'],
  ['DEMO BABYSPINAT 150 G', 16.95, 'each', 'Frugt og grønt>Salat'],
  ['DEMO JORDBÆR 400 G', 29.95, 'each', 'Frugt og grønt>Frugt'],
  ['DEMO MELLEMLAGRET OST', 89, 'kg', 'Mejeri>Ost'],
];
