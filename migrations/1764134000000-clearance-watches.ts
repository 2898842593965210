import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

/** Who wants to be told of what shops clear in an area, with what was told to run there. */
export class ClearanceWatches1764134000000 implements MigrationInterface {
  name = 'ClearanceWatches1764134000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE clearance_watches (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        latitude double precision NOT NULL,
        longitude double precision NOT NULL,
        radius_km double precision NOT NULL,
        asked jsonb NOT NULL,
        known jsonb NOT NULL DEFAULT '[]',
        seen_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
    await runner.query('CREATE INDEX clearance_watches_tenant ON clearance_watches (tenant_id, id DESC)');
    await tenantTable(runner, 'clearance_watches');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE clearance_watches');
  }
}
