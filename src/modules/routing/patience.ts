const FIRST_MS = 400;
const MOST_MS = 6400;

/**
 * How long PostgreSQL bears with a transaction that holds routes and says nothing. It is short, for a process that is stopped in the
 * middle of one would keep its routes locked beyond their deadline, and another could not close them. A process that is only slow would
 * get none through: it is given twice as long after each one it lost, and half as long after each it kept. Pure.
 */
export class Patience {
  private ms = FIRST_MS;

  /** For the next transaction, in milliseconds. */
  get holdMs(): number {
    return this.ms;
  }

  lost(): void {
    this.ms = Math.min(MOST_MS, this.ms * 2);
  }

  kept(): void {
    this.ms = Math.max(FIRST_MS, this.ms / 2);
  }
}
