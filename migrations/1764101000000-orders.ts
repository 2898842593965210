import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

const TABLES = ['order_lines', 'order_sources', 'orders', 'product_keys', 'products', 'import_chunks', 'imports'];

/** A household's own orders: imports with the bytes they are read from, the orders they became, and the products in them. */
export class Orders1764101000000 implements MigrationInterface {
  name = 'Orders1764101000000';

  async up(runner: QueryRunner): Promise<void> {
    await this.imports(runner);
    await this.products(runner);
    await this.orders(runner);
    for (const table of TABLES) await tenantTable(runner, table);
  }

  private async imports(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE imports (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'completed', 'failed', 'cancelled')),
        asked jsonb NOT NULL,
        sha256 text NOT NULL,
        outcome jsonb,
        undone_at timestamptz,
        reference text,
        metadata jsonb NOT NULL DEFAULT '{}',
        webhook jsonb,
        traceparent text NOT NULL,
        work integer NOT NULL,
        sequence integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        deadline_at timestamptz NOT NULL,
        cancel_at timestamptz,
        started_at timestamptz,
        closed_at timestamptz,
        CHECK ((status = 'open') = (closed_at IS NULL))
      )`);
    await runner.query(`CREATE INDEX imports_open ON imports (deadline_at) WHERE status = 'open'`);
    await runner.query(
      `CREATE INDEX imports_open_cancel ON imports (cancel_at) WHERE status = 'open' AND cancel_at IS NOT NULL`,
    );
    await runner.query('CREATE INDEX imports_tenant ON imports (tenant_id, id DESC)');
    // What was sent, sealed, until the import is closed. There before the import is: it is accepted once all of it has come.
    await runner.query(`
      CREATE TABLE import_chunks (
        import_id text NOT NULL,
        file integer NOT NULL,
        part integer NOT NULL,
        tenant_id text NOT NULL REFERENCES tenants(id),
        bytes bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (import_id, file, part)
      )`);
    await runner.query('ALTER TABLE import_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL');
    await runner.query('CREATE INDEX import_chunks_tenant ON import_chunks (tenant_id, created_at)');
  }

  private async products(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE products (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        retailer text NOT NULL,
        name text NOT NULL,
        size text,
        gtin text,
        is_named boolean NOT NULL,
        trigrams text[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    await runner.query('CREATE INDEX products_tenant ON products (tenant_id, id DESC)');
    await runner.query('CREATE INDEX products_trigrams ON products USING gin (trigrams)');
    // By what a product is known again: an id, a code or a name, each with its sort before it.
    await runner.query(`
      CREATE TABLE product_keys (
        tenant_id text NOT NULL REFERENCES tenants(id),
        retailer text NOT NULL,
        key text NOT NULL,
        product_id text NOT NULL REFERENCES products(id) ON DELETE CASCADE,
        PRIMARY KEY (tenant_id, retailer, key)
      )`);
    await runner.query('CREATE INDEX product_keys_product ON product_keys (product_id)');
  }

  private async orders(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE orders (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        retailer text NOT NULL,
        number_key text NOT NULL,
        ordered_on date,
        store_number text,
        currency text NOT NULL,
        total_cents integer,
        reconciled text NOT NULL,
        facts jsonb NOT NULL,
        hash text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        UNIQUE (tenant_id, retailer, number_key)
      )`);
    await runner.query('CREATE INDEX orders_day ON orders (tenant_id, ordered_on DESC NULLS LAST, id DESC)');
    // One row for each account of an order, however many imports brought it. The order is made of them again whenever one comes or goes.
    await runner.query(`
      CREATE TABLE order_sources (
        tenant_id text NOT NULL REFERENCES tenants(id),
        retailer text NOT NULL,
        number_key text NOT NULL,
        format text NOT NULL,
        hash text NOT NULL,
        import_ids text[] NOT NULL,
        account jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (tenant_id, retailer, number_key, format, hash)
      )`);
    await runner.query('CREATE INDEX order_sources_imports ON order_sources USING gin (import_ids)');
    await runner.query(`
      CREATE TABLE order_lines (
        order_id text NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
        position integer NOT NULL,
        tenant_id text NOT NULL REFERENCES tenants(id),
        product_id text REFERENCES products(id),
        state text,
        line_cents integer,
        facts jsonb NOT NULL,
        PRIMARY KEY (order_id, position)
      )`);
    await runner.query('CREATE INDEX order_lines_product ON order_lines (product_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
