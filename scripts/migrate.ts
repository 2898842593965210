import { parseArgs } from 'node:util';
import { MIGRATIONS } from '../migrations/migrations.js';
import { readConfig } from '../src/read-config.js';
import { Database, prepareDatabase } from '../src/platform/database/database.js';
import { Metrics } from '../src/platform/telemetry/metrics.js';
import { helpOn, sentenceOf } from './support/terminal.js';

/**
 * Migrates, and gives the roles the passwords of the present secret key, which nothing else does; then stops. For deployments that do it as
 * a step of its own, and the middle of a rotation of the key.
 */
async function main(): Promise<void> {
  helpOn('npm run migrate [-- --json]    brings the database of DATABASE_URL to this release, then stops');
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const config = readConfig();
  await prepareDatabase(config, MIGRATIONS, 'set');
  const database = await Database.connect(config, new Metrics());
  const [state] = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM tenants');
  await database.close();
  const [migrations, tenants] = [MIGRATIONS.length, state?.count ?? 0];
  console.log(
    values.json
      ? JSON.stringify({ migrations, tenants })
      : `migrated; ${migrations} migrations known, ${tenants} tenants`,
  );
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exit(1);
});
