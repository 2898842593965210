import { randomInt } from 'node:crypto';
import { encodeTime, monotonicFactory } from 'ulid';
import { databaseNow } from './clock.js';

/** Node draws these from a buffer of its own; ulid's own source asks the kernel for each of 16 characters. */
const next = monotonicFactory(() => randomInt(2 ** 32) / 2 ** 32);

/** A time-ordered, prefixed id (by the database's time, whichever process makes it) such as `req_01J…`: 26 Crockford base-32 characters that sort by creation time. */
export function newId(prefix: string): string {
  return `${prefix}_${next(databaseNow())}`;
}

/** The shape every id of one kind has; anything else is refused before a query is made. */
export function idPattern(prefix: string): RegExp {
  return new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`);
}

/** What all ids of a kind that are made from `at` on (ms since the epoch) sort after, and none made before it. */
export function idsSince(prefix: string, at: number): string {
  return `${prefix}_${encodeTime(at)}`;
}
