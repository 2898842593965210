import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Gives a transaction its id before it draws an event's position, so that a reader can tell when every position below a mark is
 * settled: committed or gone. CASE is what fixes the order of the two; a statement of its own would cost every route one more.
 */
export class EventPositions1764020000000 implements MigrationInterface {
  name = 'EventPositions1764020000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('LOCK TABLE events IN ACCESS EXCLUSIVE MODE');
    const [{ next }] = (await runner.query('SELECT COALESCE(max(position), 0) + 1 AS next FROM events')) as [
      { next: string },
    ];
    await runner.query('ALTER TABLE events ALTER COLUMN position DROP IDENTITY');
    // No cache: positions of one subject grow with its sequence only if no session draws them in advance.
    await runner.query(`CREATE SEQUENCE event_positions START ${next} CACHE 1 OWNED BY events.position`);
    await runner.query(`
      ALTER TABLE events ALTER COLUMN position
      SET DEFAULT CASE WHEN pg_current_xact_id() IS NOT NULL THEN nextval('event_positions') END`);
    await runner.query('GRANT USAGE ON SEQUENCE event_positions TO loopgpt_app, loopgpt_worker');
    await runner.query('GRANT SELECT ON SEQUENCE event_positions TO loopgpt_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('LOCK TABLE events IN ACCESS EXCLUSIVE MODE');
    const [{ next }] = (await runner.query('SELECT COALESCE(max(position), 0) + 1 AS next FROM events')) as [
      { next: string },
    ];
    await runner.query('ALTER TABLE events ALTER COLUMN position DROP DEFAULT');
    await runner.query('DROP SEQUENCE event_positions');
    await runner.query(
      `ALTER TABLE events ALTER COLUMN position ADD GENERATED ALWAYS AS IDENTITY (START WITH ${next})`,
    );
  }
}
