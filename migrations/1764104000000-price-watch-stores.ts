import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A product stands on a side of its line in each store by itself: two stores that differ are no price that moves. */
export class PriceWatchStores1764104000000 implements MigrationInterface {
  name = 'PriceWatchStores1764104000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE price_watch_states ADD COLUMN store_key text NOT NULL DEFAULT ''`);
    await runner.query('ALTER TABLE price_watch_states DROP CONSTRAINT price_watch_states_pkey');
    await runner.query('ALTER TABLE price_watch_states ADD PRIMARY KEY (watch_id, product_key, store_key)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE price_watch_states DROP CONSTRAINT price_watch_states_pkey');
    await runner.query('DELETE FROM price_watch_states');
    await runner.query('ALTER TABLE price_watch_states ADD PRIMARY KEY (watch_id, product_key)');
    await runner.query('ALTER TABLE price_watch_states DROP COLUMN store_key');
  }
}
