import { z } from 'zod';
import { idPattern } from '../../../common/ids.js';
import { Why } from './switches.dto.js';

const Id = z.string().regex(idPattern('dlq'));
const Filter = {
  topic: z.string().max(100).optional().describe('e.g. quotes.v1'),
  reason: z.string().max(200).optional().describe('part of the reason'),
};

export const ListDeadLetters = z.strictObject({
  ...Filter,
  waiting: z.enum(['true', 'false']).optional().describe('true: not redriven yet; false: redriven'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: Id.optional(),
});
export type ListDeadLetters = z.infer<typeof ListDeadLetters>;

export const DeadLetterSummary = z
  .object({
    id: z.string(),
    /** The topic, and the group of listeners that could not handle it. */
    source: z.string(),
    tenantId: z.string().nullable(),
    event: z.string().nullable(),
    subject: z.string().nullable(),
    reason: z.string(),
    createdAt: z.iso.datetime(),
    redrivenAt: z.iso.datetime().nullable(),
    /** The act that redrove it. */
    redrivenBy: z.string().nullable(),
  })
  .meta({ id: 'DeadLetterSummary' });
export type DeadLetterSummary = z.infer<typeof DeadLetterSummary>;

export const DeadLetter = DeadLetterSummary.extend({
  record: z.record(z.string(), z.unknown()).describe('as it came from the bus'),
}).meta({ id: 'DeadLetter' });
export type DeadLetter = z.infer<typeof DeadLetter>;

export const DeadLetterList = z
  .object({ data: z.array(DeadLetterSummary), nextCursor: z.string().nullable() })
  .meta({ id: 'DeadLetterList' });
export type DeadLetterList = z.infer<typeof DeadLetterList>;

/** One call answers within this. */
const LONGEST_SECONDS = 10;

export const Redrive = z
  .strictObject({
    ...Filter,
    ids: z.array(Id).min(1).max(1000).optional(),
    limit: z.int().min(1).max(1000).default(100).describe('the oldest so many'),
    perSecond: z.int().min(1).max(1000).default(50),
    dryRun: z.boolean().default(false).describe('only tell what would be redriven'),
    why: Why,
  })
  .refine(({ limit, perSecond }) => limit <= perSecond * LONGEST_SECONDS, {
    message: `at most ${LONGEST_SECONDS} seconds' worth at once: fewer, or more of them a second`,
    path: ['limit'],
  })
  .meta({ id: 'RedriveDeadLetters' });
export type Redrive = z.infer<typeof Redrive>;

export const Redriven = z
  .object({
    dryRun: z.boolean(),
    /** How many went back to their topic, or would. */
    redriven: z.int(),
    /** Those that this release still cannot read: they stay. */
    skipped: z.array(z.object({ id: z.string(), reason: z.string() })),
    /** There are more; ask again. */
    more: z.boolean(),
    /** The act on record; null when nothing was redriven. */
    act: z.string().nullable(),
  })
  .meta({ id: 'RedrivenDeadLetters' });
export type Redriven = z.infer<typeof Redriven>;
