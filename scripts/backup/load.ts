import type { Client } from 'pg';
import { MARK } from './dump.js';

/** Runs a backup's statements, one a line, in the one transaction that the backup itself opens. Answers how many rows were stored. */
export async function load(client: Client, lines: AsyncIterable<string>): Promise<number> {
  let stored = 0;
  let isWhole = false;
  let isOurs = false;
  try {
    for await (const line of lines) {
      if (!(isOurs ||= line.startsWith(MARK))) throw new Error('this is no backup: nothing was restored');
      if (line === '' || line.startsWith('--')) continue;
      isWhole = line === 'COMMIT;';
      if (isWhole) break;
      const { command, rowCount } = await client.query(line);
      if (command === 'INSERT') stored += rowCount ?? 0;
    }
    if (!isWhole) throw new Error('the backup ends before its end: nothing was restored');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  return stored;
}
