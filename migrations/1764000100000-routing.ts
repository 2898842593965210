import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

/** Routes, their quotes, the events that announce them, and the keys that make accepting them idempotent. */
export class Routing1764000100000 implements MigrationInterface {
  name = 'Routing1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    // Half-full pages keep the update from open to closed on the same page, so the row's other indexes are not touched (HOT).
    await runner.query(`
      CREATE TABLE routes (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        status text NOT NULL DEFAULT 'open'
          CHECK (status IN ('open', 'fulfilled', 'partial', 'no_quotes', 'cancelled')),
        request jsonb NOT NULL,
        policy jsonb NOT NULL,
        reference text,
        metadata jsonb NOT NULL DEFAULT '{}',
        webhook jsonb,
        traceparent text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        deadline_at timestamptz NOT NULL,
        started_at timestamptz,
        closed_at timestamptz,
        outcome jsonb,
        CHECK ((status = 'open') = (closed_at IS NULL))
      ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02)`);
    await runner.query(`CREATE INDEX routes_open_deadline ON routes (deadline_at) WHERE status = 'open'`);
    await runner.query(`CREATE INDEX routes_open_tenant ON routes (tenant_id) WHERE status = 'open'`);
    await runner.query('CREATE INDEX routes_tenant_id ON routes (tenant_id, id DESC)');
    await runner.query(
      'CREATE INDEX routes_tenant_reference ON routes (tenant_id, reference, id DESC) WHERE reference IS NOT NULL',
    );
    await tenantTable(runner, 'routes');

    await runner.query(`
      CREATE TABLE quotes (
        route_id text NOT NULL REFERENCES routes(id),
        provider_id text NOT NULL,
        tenant_id text NOT NULL REFERENCES tenants(id),
        result jsonb NOT NULL,
        latency_ms double precision NOT NULL,
        calls integer NOT NULL,
        late boolean NOT NULL,
        received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (route_id, provider_id)
      )`);
    await runner.query('CREATE INDEX quotes_received ON quotes (received_at DESC)');
    await tenantTable(runner, 'quotes');

    await runner.query(`
      CREATE TABLE events (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id text NOT NULL UNIQUE,
        tenant_id text NOT NULL REFERENCES tenants(id),
        subject text NOT NULL,
        sequence integer NOT NULL,
        name text NOT NULL,
        data text NOT NULL,
        traceparent text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        published_at timestamptz,
        UNIQUE (subject, sequence)
      )`);
    await runner.query('CREATE INDEX events_unpublished ON events (position) WHERE published_at IS NULL');
    await runner.query('CREATE INDEX events_tenant ON events (tenant_id, position)');
    await tenantTable(runner, 'events');

    await runner.query(`
      CREATE TABLE idempotency_keys (
        tenant_id text NOT NULL REFERENCES tenants(id),
        key text NOT NULL,
        operation text NOT NULL,
        fingerprint bytea NOT NULL,
        subject text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (tenant_id, operation, key)
      )`);
    await runner.query('CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at)');
    await tenantTable(runner, 'idempotency_keys');

    await runner.query(`
      CREATE TABLE dead_letters (
        id text PRIMARY KEY,
        tenant_id text,
        source text NOT NULL,
        record jsonb NOT NULL,
        reason text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        redriven_at timestamptz
      )`);
    await runner.query('GRANT SELECT, INSERT, UPDATE ON dead_letters TO loopgpt_worker');

    await runner.query(`
      CREATE TABLE spilled_events (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        topic text NOT NULL,
        envelope jsonb NOT NULL
      )`);
    await runner.query('GRANT SELECT, INSERT, UPDATE, DELETE ON spilled_events TO loopgpt_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['spilled_events', 'dead_letters', 'idempotency_keys', 'events', 'quotes', 'routes']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
