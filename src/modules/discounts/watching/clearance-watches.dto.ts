import { z } from 'zod';
import { idPattern } from '../../../common/ids.js';

/** What callers send and get of areas whose clearances are watched. */
const radiusKm = z.number().gt(0).max(25).default(5);
const Area = z
  .union([
    z.strictObject({ postalCode: z.string().trim().min(3).max(12), radiusKm }),
    z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180), radiusKm }),
  ])
  .describe('around the middle of the postal code, or the point, as the crow flies');

export const CreateClearanceWatch = z
  .strictObject({
    near: Area,
    chains: z
      .array(z.string().trim().min(1).max(60))
      .min(1)
      .max(20)
      .optional()
      .describe('only these, such as netto or føtex'),
    words: z.string().trim().min(1).max(200).optional().describe('only what has all these words in its name'),
    reference: z.string().min(1).max(128).optional(),
  })
  .meta({ id: 'CreateClearanceWatch' });
export type CreateClearanceWatch = z.infer<typeof CreateClearanceWatch>;

export const ClearanceWatch = z
  .object({
    id: z.string(),
    near: z.object({ latitude: z.number(), longitude: z.number(), radiusKm: z.number() }),
    chains: z.array(z.string()).nullable(),
    words: z.string().nullable(),
    reference: z.string().nullable(),
    createdAt: z.iso.datetime(),
    seenAt: z.iso.datetime().nullable().describe('when shops there were last heard; null: not yet'),
    running: z.int().describe('clearances that ran there then: the nearest 1,000 are followed'),
  })
  .meta({ id: 'ClearanceWatch' });
export type ClearanceWatch = z.infer<typeof ClearanceWatch>;

export const ClearanceWatchList = z
  .object({ data: z.array(ClearanceWatch), nextCursor: z.string().nullable() })
  .meta({ id: 'ClearanceWatchList' });
export type ClearanceWatchList = z.infer<typeof ClearanceWatchList>;

export const ListClearanceWatches = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().regex(idPattern('clw')).optional(),
});
export type ListClearanceWatches = z.infer<typeof ListClearanceWatches>;
