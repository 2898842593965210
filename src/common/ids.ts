import { monotonicFactory } from 'ulid';

const next = monotonicFactory();

export type IdPrefix = 'req' | 'evt' | 'whd' | 'ep' | 'ten' | 'plan' | 'att' | 'dlq';

/** A time-ordered, prefixed id such as `req_01J…`: 26 Crockford base-32 characters that sort by creation time. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${next()}`;
}

/** The shape every id of one kind has; anything else is refused before a query is made. */
export function idPattern(prefix: IdPrefix): RegExp {
  return new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`);
}
