import { MIGRATIONS } from '../migrations/migrations.js';
import { readConfig } from '../src/read-config.js';
import type { FdcDataset } from '../src/modules/nutrition/fdc/fdc-dataset.js';
import { FDC_KINDS, FdcClient } from '../src/modules/nutrition/fdc/fdc.client.js';
import { readDataset } from '../src/modules/nutrition/fdc/fdc-files.js';
import { importDataset } from '../src/modules/nutrition/fdc/fdc-import.js';
import { Database, prepareDatabase } from '../src/platform/database/database.js';
import { HttpClient } from '../src/platform/outgoing/http.client.js';
import { Metrics } from '../src/platform/telemetry/metrics.js';

const USAGE = `npm run seed:nutrition -- [path]

  path   a folder with food.csv and food_nutrient.csv of FoodData Central's bulk CSV
         (https://fdc.nal.usda.gov/download-datasets), or a table foods.csv[.gz]

Without a path the foods come from FoodData Central's API, which needs USDA_API_KEY and most of an hour's calls.`;

/** Imports a release of FoodData Central. Again, or after it was cut off: only what is missing is fetched and written. */
async function main([path, ...more]: readonly string[]): Promise<void> {
  if (path?.startsWith('-') || more.length > 0) {
    console.log(USAGE);
    process.exitCode = path === '--help' ? 0 : 2;
    return;
  }
  const config = readConfig();
  const { USDA_API_KEY: apiKey, USDA_BASE_URL: baseUrl } = config.values;
  if (path === undefined && apiKey === undefined) {
    console.log(USAGE);
    process.exitCode = 1;
    return;
  }
  await prepareDatabase(config, MIGRATIONS);
  const database = await Database.connect(config, new Metrics());
  const http = new HttpClient();
  try {
    const dataset: FdcDataset =
      path === undefined
        ? await new FdcClient(http, { apiKey: apiKey!, baseUrl }).dataset(FDC_KINDS, listed)
        : await readDataset(path);
    const { foods, written, plausibleShare } = await importDataset(database, dataset, bar);
    const share = plausibleShare === null ? 'none' : `${(plausibleShare * 100).toFixed(1)} %`;
    console.log(`${dataset.name}: ${foods} foods, ${written} of them new; energy fits 4-4-9 within 20 % for ${share}`);
  } finally {
    await http.close();
    await database.close();
  }
}

const WIDTH = 40;

function listed(foods: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${foods} foods listed`);
}

function bar(done: number, total: number): void {
  if (!process.stderr.isTTY) return;
  const full = total === 0 ? WIDTH : Math.round((done / total) * WIDTH);
  process.stderr.write(`\r${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${done}/${total}${done >= total ? '\n' : ''}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
