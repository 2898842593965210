import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A spilled event is kept once for each group that listens to its topic, so that none takes another's. */
export class SpilledPerGroup1764082000000 implements MigrationInterface {
  name = 'SpilledPerGroup1764082000000';

  async up(runner: QueryRunner): Promise<void> {
    // The one group there was, for what is spilled already and by processes of the former release.
    await runner.query(`ALTER TABLE spilled_events ADD COLUMN listener text NOT NULL DEFAULT 'aggregator'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM spilled_events WHERE listener <> 'aggregator'`);
    await runner.query('ALTER TABLE spilled_events DROP COLUMN listener');
  }
}
