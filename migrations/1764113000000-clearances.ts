import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

/**
 * What shops clear, as they tell everybody: of no tenant. When a place was last asked for is kept without saying by whom. What plans
 * mean to buy of it is a tenant's own.
 */
export class Clearances1764113000000 implements MigrationInterface {
  name = 'Clearances1764113000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE clearances (
        source_id text NOT NULL,
        store_id text NOT NULL,
        ean text NOT NULL,
        offer jsonb NOT NULL,
        trail jsonb NOT NULL,
        is_simulated boolean NOT NULL,
        latitude double precision,
        longitude double precision,
        ends_at timestamptz NOT NULL,
        first_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (source_id, store_id, ean)
      )`);
    await runner.query('CREATE INDEX clearances_where ON clearances (latitude, longitude)');
    await runner.query('CREATE INDEX clearances_end ON clearances (ends_at)');
    await runner.query('CREATE TABLE clearance_places (place text PRIMARY KEY, asked_at timestamptz NOT NULL)');
    await runner.query('GRANT SELECT, INSERT, UPDATE, DELETE ON clearances, clearance_places TO loopgpt_worker');
    await runner.query(`
      CREATE TABLE clearance_reservations (
        plan_id text NOT NULL,
        tenant_id text NOT NULL REFERENCES tenants(id),
        source_id text NOT NULL,
        store_id text NOT NULL,
        ean text NOT NULL,
        packs integer NOT NULL CHECK (packs > 0),
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (plan_id, source_id, store_id, ean)
      )`);
    await runner.query('CREATE INDEX clearance_reservations_tenant ON clearance_reservations (tenant_id, expires_at)');
    await tenantTable(runner, 'clearance_reservations');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE clearance_reservations');
    await runner.query('DROP TABLE clearance_places');
    await runner.query('DROP TABLE clearances');
  }
}
