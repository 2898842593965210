import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

/** Webhook endpoints, the messages they are owed, the deliveries that owe them, and every attempt made. */
export class Notifications1764000200000 implements MigrationInterface {
  name = 'Notifications1764000200000';

  async up(runner: QueryRunner): Promise<void> {
    // An endpoint with a subject was named in one request and hears about that subject alone. A deleted endpoint stays as a row
    // without its secrets, because its deliveries are history.
    await runner.query(`
      CREATE TABLE webhook_endpoints (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        subject text,
        url text NOT NULL,
        description text NOT NULL DEFAULT '',
        metadata jsonb NOT NULL DEFAULT '{}',
        events text[],
        secret_sealed bytea,
        previous_secrets jsonb NOT NULL DEFAULT '[]',
        enabled boolean NOT NULL DEFAULT true,
        disabled_reason text CHECK (disabled_reason IN ('requested', 'gone', 'failing')),
        disabled_at timestamptz,
        failing_since timestamptz,
        notice_percent integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        deleted_at timestamptz,
        CHECK (enabled = (disabled_reason IS NULL)),
        CHECK (subject IS NOT NULL OR secret_sealed IS NOT NULL OR deleted_at IS NOT NULL)
      )`);
    await runner.query(
      'CREATE INDEX webhook_endpoints_list ON webhook_endpoints (tenant_id, id DESC) WHERE subject IS NULL AND deleted_at IS NULL',
    );
    await runner.query(
      'CREATE INDEX webhook_endpoints_subject ON webhook_endpoints (subject) WHERE subject IS NOT NULL',
    );
    await tenantTable(runner, 'webhook_endpoints');

    // The exact text that every attempt sends, once per event however many endpoints hear it.
    await runner.query(`
      CREATE TABLE webhook_messages (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        subject text NOT NULL,
        sequence integer NOT NULL,
        type text NOT NULL,
        body text NOT NULL,
        traceparent text NOT NULL,
        occurred_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX webhook_messages_subject ON webhook_messages (tenant_id, subject)');
    await tenantTable(runner, 'webhook_messages');

    // next_attempt_at is the truth about what is due; jobs only make it prompt. While an attempt runs it lies in the future, so
    // that an attempt cut off by a crash becomes due again by itself. The schedule counts from first_attempt, which moves when
    // someone asks for the delivery again.
    await runner.query(`
      CREATE TABLE webhook_deliveries (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        message_id text NOT NULL REFERENCES webhook_messages(id),
        endpoint_id text NOT NULL REFERENCES webhook_endpoints(id),
        status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'exhausted', 'stopped')),
        attempts integer NOT NULL DEFAULT 0,
        first_attempt integer NOT NULL DEFAULT 1,
        next_attempt_at timestamptz DEFAULT clock_timestamp(),
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        settled_at timestamptz,
        UNIQUE (message_id, endpoint_id),
        CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL))
      ) WITH (fillfactor = 70)`);
    await runner.query(
      `CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_attempt_at) WHERE status = 'pending'`,
    );
    await runner.query(
      `CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (endpoint_id) WHERE status = 'pending'`,
    );
    await runner.query('CREATE INDEX webhook_deliveries_endpoint ON webhook_deliveries (endpoint_id, id DESC)');
    await runner.query('CREATE INDEX webhook_deliveries_tenant ON webhook_deliveries (tenant_id, id DESC)');
    await tenantTable(runner, 'webhook_deliveries');

    // An attempt without an outcome is running, or was cut off.
    await runner.query(`
      CREATE TABLE webhook_attempts (
        delivery_id text NOT NULL REFERENCES webhook_deliveries(id),
        number integer NOT NULL,
        tenant_id text NOT NULL REFERENCES tenants(id),
        url text NOT NULL,
        started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        outcome text CHECK (outcome IN ('delivered', 'failed')),
        status_code integer,
        error text,
        answer text,
        duration_ms integer,
        PRIMARY KEY (delivery_id, number)
      )`);
    await tenantTable(runner, 'webhook_attempts');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['webhook_attempts', 'webhook_deliveries', 'webhook_messages', 'webhook_endpoints']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
