import type { ReadOrder } from '../reading/reading.js';

/** What one file says of an order. */
export interface Source {
  format: string;
  /** How much its word counts. */
  rank: number;
  /** Of its content, so that the order of sources never depends on that of imports. */
  hash: string;
  order: ReadOrder;
  /** As its sender knows it. */
  file?: string;
}
