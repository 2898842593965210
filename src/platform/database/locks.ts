import type { QueryRunner } from 'typeorm';
import { codeOf } from '../../common/sql-state.js';

/** How long a migration waits for a lock, behind which everybody else waits too, and how often it tries. */
export interface Patience {
  lockMs: number;
  tries: number;
  pauseMs: number;
}

export const PATIENCE: Patience = { lockMs: 2000, tries: 15, pauseMs: 1000 };

/** A lock that a migration needs was not to be had; the message says what to do, for the person at the terminal. */
export class LockMissing extends Error {}

const LOCK_NOT_AVAILABLE = '55P03';

/** Does what waits for locks, again when one was not to be had: those who waited behind it had their turn meanwhile. Throws LockMissing. */
export async function patiently<T>({ lockMs, tries, pauseMs }: Patience, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) !== LOCK_NOT_AVAILABLE) throw error;
      if (attempt >= tries) throw new LockMissing(sentence(lockMs, tries), { cause: error });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

const TURN_MS = 100;

/**
 * Resolves once this session alone migrates; another process may be at it for as long as that takes. It is asked again and again, for a
 * statement that waits is a transaction, and who makes an index beside others waits for all of those.
 */
export async function turnToMigrate(runner: QueryRunner): Promise<void> {
  for (;;) {
    const sql = `SELECT pg_try_advisory_lock(hashtext('loopgpt migrations')) AS mine`;
    const [{ mine }] = (await runner.query(sql)) as [{ mine: boolean }];
    if (mine) return;
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
  }
}

const sentence = (lockMs: number, tries: number): string =>
  [
    `A migration waited ${tries} times for ${lockMs} ms and did not get its lock on a table; nothing of it was done.`,
    'Some transaction holds the table: "SELECT pid, xact_start, query FROM pg_stat_activity WHERE xact_start IS NOT NULL ORDER BY xact_start"',
    'shows which. End it, or wait for its end, and migrate again.',
  ].join(' ');
