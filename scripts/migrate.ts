import { MIGRATIONS } from '../migrations/migrations.js';
import { readConfig } from '../src/config.js';
import { Database, prepareDatabase } from '../src/platform/database/database.js';
import { Metrics } from '../src/platform/telemetry/metrics.js';

/** Migrates and prepares the roles, then stops: for deployments that do it as a step of its own. */
async function main(): Promise<void> {
  const config = readConfig();
  await prepareDatabase(config, MIGRATIONS);
  const database = await Database.connect(config, new Metrics());
  const [state] = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM tenants');
  await database.close();
  console.log(`migrated; ${MIGRATIONS.length} migrations known, ${state?.count ?? 0} tenants`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
