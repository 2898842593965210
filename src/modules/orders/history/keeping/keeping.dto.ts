import { z } from 'zod';

/** The history as a whole, handed out or taken away. */
export const EXPORT_TYPES = ['application/x-ndjson', 'text/csv'] as const;

export const EraseHistory = z.strictObject({
  confirm: z.coerce.number().int().min(0).optional().describe('the count that was answered to a call without it'),
});
export type EraseHistory = z.infer<typeof EraseHistory>;

export const ErasedHistory = z
  .object({
    imports: z.int(),
    orders: z.int(),
    lines: z.int(),
    sources: z.int(),
    products: z.int(),
    decisions: z.int().describe('about products that are one, or are not'),
    prices: z.int(),
    watches: z.int().describe('of prices, and of clearances'),
  })
  .meta({ id: 'ErasedHistory' });
export type ErasedHistory = z.infer<typeof ErasedHistory>;
