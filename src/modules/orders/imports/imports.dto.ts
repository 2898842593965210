import { z } from 'zod';
import { idPattern } from '../../../common/ids.js';
import { QueuePlace, submission } from '../../../platform/http/submission.js';
import { FORMAT_IDS } from '../reading/formats/format-ids.js';
import { RETAILERS } from '../reading/reading.js';

/** What callers send with a file, and an import as they see it. */
const Flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const asked = {
  format: z.enum(FORMAT_IDS).optional().describe('only where it cannot be told by the file'),
  dryRun: Flag.default(false).describe('tells what would be imported, and imports nothing'),
  withoutNumbers: z
    .enum(['ask', 'accept'])
    .default('ask')
    .describe('what becomes of the purchases of a day that name no order: asked about, or taken for one order each'),
};

/** In the query, whichever way the file comes. */
export const AskImport = z.strictObject({
  ...asked,
  filename: z.string().min(1).max(255).optional().describe('of a file that is the body itself'),
  reference: submission.reference,
});
export type AskImport = z.infer<typeof AskImport>;

/** The field `options` of a form, as JSON. */
export const ImportOptions = z.strictObject({ ...submission }).partial();
export type ImportOptions = z.infer<typeof ImportOptions>;

const Bytes = z.string().meta({ contentMediaType: 'application/octet-stream' });
/** A form as OpenAPI tells it; UploadsService reads it, part by part. */
export const ImportForm = z.object({
  file: z.array(Bytes).min(1).max(100).describe('one file or several, each a part with a file name; of whatever field'),
  options: z.string().optional().describe('JSON: reference, metadata, webhook'),
});

export const AnswerImport = z
  .strictObject({
    answers: z
      .array(z.strictObject({ question: z.string().min(1).max(40), choice: z.string().min(1).max(40) }))
      .min(1)
      .max(50),
  })
  .meta({ id: 'AnswerImport' });
export type AnswerImport = z.infer<typeof AnswerImport>;

const IMPORT_STATUSES = ['open', 'completed', 'failed', 'cancelled'] as const;
export const ListImports = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().regex(idPattern('imp')).optional(),
  status: z.enum(IMPORT_STATUSES).optional(),
});
export type ListImports = z.infer<typeof ListImports>;

const Count = z.object({ new: z.int(), changed: z.int(), same: z.int() });

const ImportQuestion = z
  .object({
    code: z.string(),
    text: z.string(),
    id: z.string().optional().describe('of a question that POST /v1/imports/{id}/answers takes answers to'),
    about: z
      .object({ retailer: z.enum(RETAILERS), number: z.string(), field: z.string() })
      .optional()
      .describe('the order and what of it is told in two ways'),
    choices: z
      .array(
        z.object({
          id: z.string(),
          label: z.string().describe('the value, and who or what place tells it'),
          value: z.union([z.int(), z.string()]).describe('money in the smallest unit of its currency'),
        }),
      )
      .optional()
      .describe('the first holds until another is chosen'),
    answer: z.string().nullable().optional().describe('the choice that was made'),
  })
  .meta({ id: 'ImportQuestion' });

export const ImportOutcome = z
  .object({
    format: z.string().nullable().describe('null when no file was read'),
    toldBy: z.string().nullable(),
    orders: Count.describe('by what the import did to the history; each order is in one of them'),
    lines: z.int().describe('in the orders that are new or changed, merged'),
    evidence: z.int().describe('accounts of orders that are not there yet: kept until another file brings the order'),
    skipped: z.array(z.object({ where: z.string(), reason: z.string() })),
    questions: z.array(ImportQuestion),
    carts: z
      .array(
        z.object({
          title: z.string(),
          lines: z.array(
            z.object({
              name: z.string(),
              quantity: z.number().nullable(),
              unit: z.string().nullable(),
              note: z.string().nullable(),
              isDone: z.boolean(),
            }),
          ),
          items: z
            .array(z.object({ id: z.string(), name: z.string(), quantity: z.number(), unit: z.string().nullable() }))
            .optional()
            .describe('of its lines those that are still wanted, as POST /v1/routes takes them'),
        }),
      )
      .describe('shopping lists: wanted, and not bought'),
    charges: z
      .array(z.object({ on: z.iso.date().nullable(), cents: z.int() }))
      .optional()
      .describe('money that went somewhere and names no order: to compare with, and never an order'),
    refused: z.string().nullable().describe('why nothing was imported'),
  })
  .meta({ id: 'ImportOutcome' });
export type ImportOutcome = z.infer<typeof ImportOutcome>;

const snapshot = {
  id: z.string(),
  status: z.enum(IMPORT_STATUSES),
  reference: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  files: z.array(z.object({ bytes: z.int() })),
  sha256: z.string().describe('of all bytes that were sent, file after file'),
  dryRun: z.boolean(),
  createdAt: z.iso.datetime(),
  deadlineAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  undoneAt: z.iso.datetime().nullable(),
  traceId: z.string(),
  outcome: ImportOutcome.nullable(),
};
export const ImportSnapshot = z.object(snapshot).meta({ id: 'ImportSnapshot' });
export type ImportSnapshot = z.infer<typeof ImportSnapshot>;

export const ImportResource = z.object({ ...snapshot, queue: QueuePlace }).meta({ id: 'Import' });
export type ImportResource = z.infer<typeof ImportResource>;

export const ImportList = z
  .object({ data: z.array(ImportSnapshot), nextCursor: z.string().nullable() })
  .meta({ id: 'ImportList' });
export type ImportList = z.infer<typeof ImportList>;
