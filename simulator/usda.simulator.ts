import { csvRows } from '../src/common/csv.js';
import type { ProviderSimulator, SimulatedReply, SimulatedRequest } from '../src/modules/providers/simulation.js';
import { dataFile } from '../src/platform/data-file.js';

const HOUR_MS = 3_600_000;
const CALLS_PER_HOUR = 1000;
const MOST_OF_A_PAGE = 200;
const MOST_AT_ONCE = 20;
const KINDS = ['Foundation', 'SR Legacy', 'Survey (FNDDS)'] as const;

/** Id, number, name and unit of nutrients, by our column. Foundation foods have no energy under 1008. */
const NUTRIENTS: readonly (readonly [column: string, id: number, number: string, name: string, unit: string])[] = [
  ['kcal', 1008, '208', 'Energy', 'kcal'],
  ['protein_g', 1003, '203', 'Protein', 'g'],
  ['fat_g', 1004, '204', 'Total lipid (fat)', 'g'],
  ['carbohydrate_g', 1005, '205', 'Carbohydrate, by difference', 'g'],
  ['fiber_g', 1079, '291', 'Fiber, total dietary', 'g'],
  ['sodium_mg', 1093, '307', 'Sodium, Na', 'mg'],
  ['iron_mg', 1089, '303', 'Iron, Fe', 'mg'],
];
const ATWATER_SPECIFIC = [2048, '958', 'Energy (Atwater Specific Factors)'] as const;

type Row = Record<string, string>;

/**
 * FoodData Central's API behind the api.data.gov gateway: key, hourly limit with its headers, pages of foods in the abridged format and
 * details in the full one. Its foods are those that we ship, dealt out over the kinds.
 */
export function usdaSimulator(): ProviderSimulator {
  const rows = csvRows(dataFile('nutrition', 'core_foods.csv')).filter(({ fdc_id }) => fdc_id !== '');
  const foods = [...new Map(rows.map((row) => [Number(row.fdc_id), row])).entries()].sort(([a], [b]) => a - b);
  let [window, calls] = [0, 0];
  return {
    id: 'USDA',
    auxiliary: /\/list$/,
    refusal,
    respond(request, world) {
      const key = request.headers['x-api-key'] ?? request.query.get('api_key') ?? '';
      if (key === '') return refused(403, 'API_KEY_MISSING', 'No api_key was supplied.');
      if (key === 'wrong') return refused(403, 'API_KEY_INVALID', 'An invalid api_key was supplied.');
      const hour = Math.floor(world.nowMs() / HOUR_MS);
      calls = hour === window ? calls + 1 : 1;
      window = hour;
      const left = Math.max(0, CALLS_PER_HOUR - calls);
      const headers = { 'x-ratelimit-limit': String(CALLS_PER_HOUR), 'x-ratelimit-remaining': String(left) };
      const reply = world.allows('usda', CALLS_PER_HOUR, HOUR_MS) ? answer(request, foods) : refusal(429);
      return { ...reply, headers: { ...headers, ...reply.headers } };
    },
  };
}

function answer(request: SimulatedRequest, foods: readonly (readonly [number, Row])[]): SimulatedReply {
  const asked = jsonOf(request.body);
  if (request.method !== 'POST' || asked === null) return refused(404, 'NOT_FOUND', 'The requested URL was not found.');
  if (request.path === '/v1/foods/list') {
    const {
      dataType,
      pageSize = 50,
      pageNumber = 1,
    } = asked as { dataType?: string[]; pageSize?: number; pageNumber?: number };
    if (pageSize > MOST_OF_A_PAGE) return { status: 400, body: { status: 400, error: 'Bad Request' } };
    const listed = foods.filter(([id]) => !dataType || dataType.includes(kindOf(id)));
    const page = listed.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
    return { status: 200, body: page.map(([id, row]) => abridged(id, row)) };
  }
  if (request.path === '/v1/foods') {
    const { fdcIds = [] } = asked as { fdcIds?: number[] };
    if (fdcIds.length > MOST_AT_ONCE) return { status: 400, body: { status: 400, error: 'Bad Request' } };
    const found = foods.filter(([id]) => fdcIds.includes(id));
    return { status: 200, body: found.map(([id, row]) => full(id, row)) };
  }
  return refused(404, 'NOT_FOUND', 'The requested URL was not found.');
}

const kindOf = (id: number): (typeof KINDS)[number] => KINDS[id % 7 === 0 ? 0 : id % 7 === 1 ? 2 : 1];
const publicationDate = '2019-04-01';

/** No ids of nutrients here. */
function abridged(fdcId: number, row: Row): object {
  const foodNutrients = nutrientsOf(fdcId, row).map(({ nutrient: { number, name, unitName }, amount }) => ({
    number,
    name,
    amount,
    unitName,
  }));
  return { fdcId, description: row.name, dataType: kindOf(fdcId), publicationDate, foodNutrients };
}

function full(fdcId: number, row: Row): object {
  const category =
    kindOf(fdcId) === 'Survey (FNDDS)'
      ? { wweiaFoodCategory: { wweiaFoodCategoryCode: 1, wweiaFoodCategoryDescription: row.category } }
      : { foodCategory: { id: 1, code: '0100', description: row.category } };
  const beside = { dataType: kindOf(fdcId), publicationDate, ndbNumber: fdcId % 100_000, foodPortions: [] };
  return { fdcId, description: row.name, ...beside, ...category, foodNutrients: nutrientsOf(fdcId, row) };
}

/** An amount that is unknown is left out, its nutrient is not. */
function nutrientsOf(fdcId: number, row: Row) {
  return NUTRIENTS.map(([column, ...listed]) => {
    const isAtwater = column === 'kcal' && kindOf(fdcId) === 'Foundation';
    const [id, number, name] = isAtwater ? ATWATER_SPECIFIC : listed;
    const nutrient = { id, number, name, rank: 100, unitName: listed[3] };
    return { type: 'FoodNutrient', nutrient, ...(row[column] ? { amount: Number(row[column]) } : {}) };
  });
}

function refusal(status: number): SimulatedReply {
  if (status === 429) {
    return refused(429, 'OVER_RATE_LIMIT', 'You have exceeded your rate limit. Try again later.');
  }
  return status === 403 || status === 401
    ? refused(403, 'API_KEY_INVALID', 'An invalid api_key was supplied.')
    : refused(status, 'INTERNAL', `simulated ${status}`);
}

const refused = (status: number, code: string, message: string): SimulatedReply => ({
  status,
  body: { error: { code, message } },
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // told as a page that is not there
  }
}
