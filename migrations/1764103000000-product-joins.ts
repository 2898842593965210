import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

const TABLES = ['product_decisions', 'product_joins'];

/** Products that are one though they are sold under several names and sizes, and what was decided about that by hand. */
export class ProductJoins1764103000000 implements MigrationInterface {
  name = 'ProductJoins1764103000000';

  async up(runner: QueryRunner): Promise<void> {
    // `stem`: the words of the name without its size, in alphabetical order; empty for a name that is not known whole.
    await runner.query(`ALTER TABLE products ADD stem text NOT NULL DEFAULT '', ADD food_group text`);
    await runner.query(`CREATE INDEX products_stem ON products (tenant_id, stem) WHERE stem <> ''`);
    await runner.query('CREATE INDEX products_gtin ON products (tenant_id, gtin) WHERE gtin IS NOT NULL');
    // Made anew of codes, names and decisions whenever the history changes. The first of those joined has no row of its own.
    await runner.query(`
      CREATE TABLE product_joins (
        product_id text PRIMARY KEY REFERENCES products(id) ON DELETE CASCADE,
        tenant_id text NOT NULL REFERENCES tenants(id),
        into_id text NOT NULL REFERENCES products(id) ON DELETE CASCADE,
        how text NOT NULL CHECK (how IN ('hand', 'code', 'matcher')),
        confidence real NOT NULL
      )`);
    await runner.query('CREATE INDEX product_joins_into ON product_joins (into_id)');
    await runner.query('CREATE INDEX product_joins_tenant ON product_joins (tenant_id)');
    // By the keys that products are known again by, so that a decision outlives an import that is undone and made again.
    await runner.query(`
      CREATE TABLE product_decisions (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        kind text NOT NULL CHECK (kind IN ('join', 'part')),
        one jsonb NOT NULL,
        other jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    await runner.query('CREATE INDEX product_decisions_tenant ON product_decisions (tenant_id, id DESC)');
    for (const table of TABLES) await tenantTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
    await runner.query('ALTER TABLE products DROP stem, DROP food_group');
  }
}
