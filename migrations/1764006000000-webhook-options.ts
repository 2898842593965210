import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an endpoint may ask for: signatures that need no shared secret, one message of a subject after the other, and a top speed. */
export class WebhookOptions1764006000000 implements MigrationInterface {
  name = 'WebhookOptions1764006000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook_endpoints
        ADD COLUMN signature text NOT NULL DEFAULT 'v1' CHECK (signature IN ('v1', 'v1a')),
        ADD COLUMN ordered boolean NOT NULL DEFAULT false,
        ADD COLUMN max_per_second integer CHECK (max_per_second > 0),
        ADD COLUMN next_slot_at timestamptz NOT NULL DEFAULT '-infinity'`);
    // The moment that a speed limit has given to the next attempt; null when none is kept for it.
    await runner.query('ALTER TABLE webhook_deliveries ADD COLUMN slot_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE webhook_deliveries DROP COLUMN slot_at');
    await runner.query(
      'ALTER TABLE webhook_endpoints DROP COLUMN signature, DROP COLUMN ordered, DROP COLUMN max_per_second, DROP COLUMN next_slot_at',
    );
  }
}
