import type { QueryRunner } from 'typeorm';
import { MIGRATIONS } from '../../migrations/migrations.js';
import { createIndex, dropIndex } from '../../migrations/support/indexes.js';
import { prepareDatabase } from '../../src/platform/database/database.js';
import { readConfig } from '../../src/read-config.js';
import { createStores, migrated, rowsOf, withClient, type Stores } from '../support/stores.js';

const INDEX = 'tenants_by_name';

class Later9999200000000 {
  name = 'Later9999200000000';
  transaction = false;
  up = (runner: QueryRunner) => createIndex(runner, INDEX, 'tenants (name)');
  down = (runner: QueryRunner) => dropIndex(runner, INDEX);
}

describe('a migration that makes an index on a table in use', () => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await createStores();
    await (await migrated(stores)).close();
  }, 60_000);
  afterAll(() => stores?.drop());

  const migrate = () =>
    prepareDatabase(readConfig({ LOOPGPT_ENV: 'test', ...stores.env }), [...MIGRATIONS, Later9999200000000]);
  const index = async () => {
    const sql = `SELECT indisvalid AS "isValid" FROM pg_index WHERE indexrelid = to_regclass('${INDEX}')`;
    return (await rowsOf<{ isValid: boolean }>(stores.adminUrl, sql))[0];
  };

  it('keeps nobody from writing, waits for who began before, and two who migrate at once do not wait for each other', async () => {
    await withClient(stores.adminUrl, async (writer) => {
      await writer.query(`BEGIN; INSERT INTO tenants (id, name) VALUES ('ten_open', 'Open')`);
      const migrating = [migrate(), migrate()];
      for (let wait = 0; wait < 100 && !(await index()); wait++) await new Promise((done) => setTimeout(done, 100));
      expect(await index()).toEqual({ isValid: false });
      await rowsOf(stores.adminUrl, `INSERT INTO tenants (id, name) VALUES ('ten_other', 'Other')`);
      await writer.query('COMMIT');
      await Promise.all(migrating);
    });
    expect(await index()).toEqual({ isValid: true });
  }, 60_000);

  it('is made anew after it was cut short', async () => {
    await rowsOf(stores.adminUrl, `UPDATE pg_index SET indisvalid = false WHERE indexrelid = '${INDEX}'::regclass`);
    await rowsOf(stores.adminUrl, `DELETE FROM migrations WHERE name = 'Later9999200000000'`);
    await migrate();
    expect(await index()).toEqual({ isValid: true });
  }, 60_000);
});
