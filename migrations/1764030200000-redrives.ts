import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which act redrove a dead letter; and acts that change no switch say in words what they did. */
export class Redrives1764030200000 implements MigrationInterface {
  name = 'Redrives1764030200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE operator_acts ADD COLUMN note text');
    await runner.query('ALTER TABLE dead_letters ADD COLUMN redriven_by text REFERENCES operator_acts(id)');
    await runner.query('CREATE INDEX dead_letters_waiting ON dead_letters (id) WHERE redriven_at IS NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX dead_letters_waiting');
    await runner.query('ALTER TABLE dead_letters DROP COLUMN redriven_by');
    await runner.query('ALTER TABLE operator_acts DROP COLUMN note');
  }
}
