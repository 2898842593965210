import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

/** Carts made of words: what was asked, what was read, and what is still open about it. */
export class Carts1764111000000 implements MigrationInterface {
  name = 'Carts1764111000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE carts (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'ready', 'needs_input', 'failed', 'cancelled')),
        asked jsonb NOT NULL,
        follows text REFERENCES carts(id),
        state jsonb,
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
    await runner.query(`CREATE INDEX carts_open ON carts (deadline_at) WHERE status = 'open'`);
    await runner.query(
      `CREATE INDEX carts_open_cancel ON carts (cancel_at) WHERE status = 'open' AND cancel_at IS NOT NULL`,
    );
    await runner.query('CREATE INDEX carts_tenant ON carts (tenant_id, id DESC)');
    await runner.query('CREATE INDEX carts_follows ON carts (follows) WHERE follows IS NOT NULL');
    await tenantTable(runner, 'carts');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE carts');
  }
}
