import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

/** What was quoted against what was confirmed, and against the receipt of the same order once it is imported. */
export class QuoteHonesty1764105000000 implements MigrationInterface {
  name = 'QuoteHonesty1764105000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE quote_honesty (
        route_id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        provider_id text NOT NULL,
        shop text NOT NULL,
        decided_cents integer NOT NULL,
        confirmed_cents integer NOT NULL,
        missing integer NOT NULL,
        confirmed_at timestamptz NOT NULL,
        order_id text,
        receipt_lines integer,
        quoted_cents integer,
        paid_cents integer
      )`);
    await runner.query(
      `CREATE INDEX quote_honesty_open ON quote_honesty (tenant_id, shop, confirmed_at) WHERE order_id IS NULL`,
    );
    await runner.query(
      'CREATE INDEX quote_honesty_order ON quote_honesty (tenant_id, order_id) WHERE order_id IS NOT NULL',
    );
    await runner.query('CREATE INDEX quote_honesty_at ON quote_honesty (confirmed_at)');
    await tenantTable(runner, 'quote_honesty');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE quote_honesty');
  }
}
