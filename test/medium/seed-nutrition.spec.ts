import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../simulator/main.js';
import { FDC_KINDS, FdcClient } from '../../src/modules/nutrition/fdc/fdc.client.js';
import { readDataset } from '../../src/modules/nutrition/fdc/fdc-files.js';
import { importDataset } from '../../src/modules/nutrition/fdc/fdc-import.js';
import type { Database } from '../../src/platform/database/database.js';
import { HttpClient } from '../../src/platform/outgoing/http.client.js';
import { createStores, migrated, rowsOf, type Stores } from '../support/stores.js';

const PUBLIC = join(process.cwd(), '..', 'shared', 'data', 'public', 'foods.csv.gz');
const whenPresent = existsSync(PUBLIC) ? it : it.skip;

describe('importing FoodData Central', () => {
  let stores: Stores;
  let database: Database;

  beforeAll(async () => {
    stores = await createStores();
    database = await migrated(stores);
  }, 60_000);
  afterAll(async () => {
    await database?.close();
    await stores?.drop();
  });

  const countOf = async (id: string) =>
    (
      await rowsOf<{ foods: number; finished: boolean }>(
        stores.adminUrl,
        `SELECT (SELECT count(*)::int FROM fdc_foods WHERE dataset_id = $1) AS foods, finished_at IS NOT NULL AS finished
         FROM fdc_datasets WHERE id = $1`,
        [id],
      )
    )[0];

  /** Their columns, two foods and one pack: energy under 1008, under 2048 alone, and an empty amount. */
  function folder(): string {
    const path = mkdtempSync(join(tmpdir(), 'fdc-'));
    writeFileSync(
      join(path, 'food.csv'),
      `"fdc_id","data_type","description","food_category_id","publication_date"
"1","sr_legacy_food","Beans, raw, ""black""","16","2019-04-01"
"2","foundation_food","Rice, cooked","20","2024-10-31"
"3","branded_food","A pack","","2024-10-31"
`,
    );
    writeFileSync(
      join(path, 'food_nutrient.csv'),
      `"id","fdc_id","nutrient_id","amount"
"1","1","1008","341"
"2","1","1003","21.6"
"3","1","1093",""
"4","2","2047","131"
"5","2","2048","130"
"6","3","1008","500"
`,
    );
    return path;
  }

  it('reads the bulk files as they are unpacked: energy in its order, unknown as unknown, no packs', async () => {
    const { id } = await importDataset(database, await readDataset(folder()));
    const rows = await rowsOf<{ description: string; state: string; kcal: string; sodium: string | null }>(
      stores.adminUrl,
      `SELECT description, state, per_100g->>'kcal' AS kcal, per_100g->>'sodium_mg' AS sodium FROM fdc_foods
       WHERE dataset_id = $1 ORDER BY position`,
      [id],
    );
    expect(rows).toEqual([
      { description: 'Beans, raw, "black"', state: 'raw', kcal: '341', sodium: null },
      { description: 'Rice, cooked', state: 'cooked', kcal: '130', sodium: null },
    ]);
  });

  it('changes nothing when done again, and keeps another version beside it', async () => {
    const path = folder();
    const first = await importDataset(database, await readDataset(path));
    expect(await importDataset(database, await readDataset(path))).toEqual({ ...first, written: 0 });
    writeFileSync(join(path, 'food_nutrient.csv'), '"id","fdc_id","nutrient_id","amount"\n"1","1","1008","342"\n');
    const second = await importDataset(database, await readDataset(path));
    expect(second.id).not.toBe(first.id);
    expect(await countOf(first.id)).toEqual({ foods: 2, finished: true });
  });

  it('says what is missing instead of importing half', async () => {
    await expect(readDataset(mkdtempSync(join(tmpdir(), 'empty-')))).rejects.toThrow('food.csv is missing');
    await expect(readDataset('/nowhere/foods.csv')).rejects.toThrow('is not there');
  });

  describe('from the API', () => {
    const KEY = 'canary-of-usda';
    let simulator: Simulator;
    let http: HttpClient;

    beforeAll(async () => {
      simulator = await startSimulator({ port: 0, latency: { medianMs: 0, p99Ms: 0 } });
      http = new HttpClient();
    });
    afterAll(async () => {
      await http?.close();
      await simulator?.close();
    });
    beforeEach(() => simulator.control.reset());

    const client = (apiKey = KEY) => new FdcClient(http, { apiKey, baseUrl: `${simulator.url}/usda` });
    const calls = async (path: string) => (await simulator.control.log()).filter((call) => call.path === path).length;

    it('takes every food of the kinds asked for, and nothing again that is there', async () => {
      const first = await importDataset(database, await client().dataset(FDC_KINDS));
      expect(first.foods).toBeGreaterThan(200);
      expect(first.written).toBe(first.foods);
      expect(await calls('/v1/foods')).toBe(Math.ceil(first.foods / 20));
      const before = await calls('/v1/foods');
      expect(await importDataset(database, await client().dataset(FDC_KINDS))).toEqual({ ...first, written: 0 });
      expect(await calls('/v1/foods')).toBe(before);
      const energy = await rowsOf<{ known: number; categories: number }>(
        stores.adminUrl,
        `SELECT count(per_100g->>'kcal')::int AS known, count(DISTINCT category)::int AS categories FROM fdc_foods WHERE dataset_id = $1`,
        [first.id],
      );
      expect(energy[0]!.known).toBe(first.foods); // those of Foundation foods are under 2048 alone
      expect(energy[0]!.categories).toBeGreaterThan(5);
      expect((await simulator.control.log()).filter(({ path }) => path.includes(KEY))).toEqual([]);
    });

    it('goes on where it was cut off, and says why it was', async () => {
      const kinds = ['SR Legacy'] as const;
      const dataset = await client().dataset(kinds);
      await simulator.control.setFault('USDA', { mode: 'status403', count: 1 });
      await expect(importDataset(database, dataset)).rejects.toThrow('refuses USDA_API_KEY (API_KEY_INVALID)');
      let batches = 0;
      const limited = () => void (++batches === 4 && simulator.control.setFault('USDA', { mode: 'error500' }));
      await expect(importDataset(database, dataset, limited)).rejects.toThrow('answered 500');
      await simulator.control.reset();
      const rest = await importDataset(database, await client().dataset(kinds));
      expect(rest.written).toBe(dataset.total - 60);
      expect(await countOf(dataset.id)).toEqual({ foods: dataset.total, finished: true });
    });

    it('waits a moment where that heals, and never shows the key', async () => {
      await simulator.control.setFault('USDA', { mode: 'status429', count: 1, on: 'all' });
      expect((await client().dataset(['Foundation'])).total).toBeGreaterThan(10);
      await simulator.control.setLimits(true);
      const used = client();
      const asked = async () => {
        for (;;) await used.dataset(['Foundation']);
      };
      await expect(asked()).rejects.toThrow(/answered 1000 calls this hour; the same command in an hour/);
      await simulator.control.setLimits(false);
      await expect(client('wrong').dataset(['Foundation'])).rejects.toThrow('API_KEY_INVALID');
    });
  });

  whenPresent(
    'takes all 9,176 public foods, also when it is cut off in the middle',
    async () => {
      const dataset = await readDataset(PUBLIC);
      expect(dataset.total).toBe(9176);
      let batches = 0;
      const cut = () => {
        if (++batches === 8) throw new Error('cut off');
      };
      await expect(importDataset(database, dataset, cut)).rejects.toThrow('cut off');
      expect(await countOf(dataset.id)).toEqual({ foods: 3500, finished: false });
      const rest = await importDataset(database, dataset);
      expect(rest).toMatchObject({ foods: 9176, written: 9176 - 3500 });
      expect(rest.plausibleShare).toBeGreaterThan(0.9);
      expect(await countOf(dataset.id)).toEqual({ foods: 9176, finished: true });
    },
    60_000,
  );
});
