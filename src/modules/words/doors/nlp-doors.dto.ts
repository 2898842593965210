import { z } from 'zod';

/** What users of the former language service send and get. A user is the key's: one that a body states is refused. */
const Text = z.string().min(1).max(4000);
export const ProcessText = z
  .strictObject({ text: Text, sessionId: z.string().max(200).optional() })
  .meta({ id: 'ProcessText' });
export type ProcessText = z.infer<typeof ProcessText>;
export const ProcessTexts = z.strictObject({ texts: z.array(Text).min(1).max(50) }).meta({ id: 'ProcessTexts' });
export type ProcessTexts = z.infer<typeof ProcessTexts>;

const INTENTS = [
  'add_items',
  'remove_items',
  'view_cart',
  'clear_cart',
  'checkout',
  'check_price',
  'search_products',
  'create_list',
  'view_list',
  'unknown',
] as const;
export type FormerIntent = (typeof INTENTS)[number];

const Named = { service: z.literal('nlp'), model: z.string(), accuracyPercent: z.number() };
export const ProcessedText = z
  .object({
    ...Named,
    success: z.boolean(),
    intent: z.enum(INTENTS),
    confidence: z.number(),
    items: z.array(z.string()),
    quantities: z.array(z.number().nullable()),
    action: z.string(),
    products: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          brand: z.string().nullable(),
          price: z.number().nullable(),
          inStock: z.boolean().nullable(),
        }),
      )
      .describe('none: a cart is matched when it is routed'),
    timestamp: z.iso.datetime(),
  })
  .meta({ id: 'ProcessedText' });
export type ProcessedText = z.infer<typeof ProcessedText>;

export const ReadEntities = z
  .object({
    ...Named,
    entities: z.array(
      z.object({
        type: z.enum(['product', 'quantity', 'unit', 'action']),
        value: z.string(),
        confidence: z.number(),
        startIndex: z.int(),
        endIndex: z.int(),
      }),
    ),
    intent: z.object({ action: z.enum(INTENTS), confidence: z.number() }),
    normalized: z.object({
      products: z.array(z.object({ name: z.string(), quantity: z.number().nullable(), unit: z.string().nullable() })),
    }),
  })
  .meta({ id: 'ReadEntities' });
export type ReadEntities = z.infer<typeof ReadEntities>;
export const ReadBatch = z.object({ ...Named, results: z.array(ReadEntities) }).meta({ id: 'ReadBatch' });
export type ReadBatch = z.infer<typeof ReadBatch>;

export const NlpHealth = z.object({ status: z.literal('healthy'), ...Named }).meta({ id: 'NlpHealth' });
export type NlpHealth = z.infer<typeof NlpHealth>;
