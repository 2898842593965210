import type { z } from 'zod';

/** A row of the catalogue, as a module contributes it. */
export interface EventRow {
  topic: string;
  version: number;
  /**
   * How a record survives a bus that is down: `outbox` events are rows first and are published from there; `direct` ones are
   * published as they happen and spill into PostgreSQL when the bus refuses them.
   */
  source: 'outbox' | 'direct';
  about: string;
  /** Of `data`. What is added later is optional, for records of former releases are still on their way. */
  schema: z.ZodType;
  /** Its subject is closed: what those who follow it wait for has come, and their streams end. */
  terminal?: boolean;
}
