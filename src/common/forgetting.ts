/**
 * What is forgotten of a room's tables when it is old. The statement deletes a batch of at most `$2` and returns a row for each. Ids begin
 * with their time, so `$1`, the first id with `prefix` of what is kept, finds the old in the primary key. What somebody still waits for is
 * never old.
 */
export interface Forgetting {
  prefix: string;
  sql: string;
}
