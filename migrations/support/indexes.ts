import type { QueryRunner } from 'typeorm';

/**
 * Makes an index on a table that may be large and in use, while all others go on reading and writing it. For migrations with
 * `transaction = false`. One that was cut short has left an index that is not valid, so it begins anew.
 */
export async function createIndex(runner: QueryRunner, name: string, on: string): Promise<void> {
  await unhurried(runner, async () => {
    await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
    await runner.query(`CREATE INDEX CONCURRENTLY ${name} ON ${on}`);
  });
}

export async function dropIndex(runner: QueryRunner, name: string): Promise<void> {
  await unhurried(runner, () => runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`));
}

/** It waits for transactions that began before it, and nobody waits behind it: so it may wait longer than for a lock. */
async function unhurried(runner: QueryRunner, work: () => Promise<unknown>): Promise<void> {
  await runner.query(`SET lock_timeout = '60s'`);
  try {
    await work();
  } finally {
    await runner.query('RESET lock_timeout');
  }
}
