import { z } from 'zod';
import { isTimezone } from '../../../common/clock.js';
import { idPattern } from '../../../common/ids.js';
import { QueuePlace, submission, submitted } from '../../../platform/http/submission.js';
import { ShippingAddress } from '../../providers/provider.js';
import { INTENTS } from '../reading/intent-names.js';

/** What callers send as words, and the cart that words made. */
const MAX_TEXT = 4000;

export const CartConstraints = z
  .strictObject({
    budget: z.strictObject({ cents: z.int().positive(), currency: z.string().length(3) }).optional(),
    diet: z.array(z.string().min(1).max(60)).max(10).optional(),
    allergen: z.array(z.string().min(1).max(60)).max(20).optional(),
    people: z.int().min(1).max(500).optional(),
    days: z.int().min(1).max(60).optional(),
    brand: z.array(z.string().min(1).max(80)).max(10).optional(),
    organic: z.boolean().optional(),
    store: z.array(z.string().min(1).max(80)).max(10).optional(),
    deadline: z.string().min(1).max(80).optional(),
  })
  .describe('what is to hold for the whole cart; the deadline as it was said')
  .meta({ id: 'CartConstraints' });

export const CreateCart = z
  .strictObject({
    text: z.string().min(1).max(MAX_TEXT).describe('a sentence, a list, or dictated words: English or Danish'),
    locale: z
      .string()
      .regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'a language and a country, such as en-US or da-DK')
      .optional(),
    timezone: z
      .string()
      .max(64)
      .refine(isTimezone, 'a name of the IANA time zone database')
      .optional()
      .describe('of the times that are said; without it no deadline is a moment'),
    cartId: z
      .string()
      .regex(idPattern('crt'))
      .optional()
      .describe('the cart that the words are about; it stays as it was'),
    constraints: CartConstraints.optional(),
    history: z.enum(['use', 'ignore']).default('use').describe('whether “the usual” may be looked up in the orders'),
    ...submission,
  })
  .meta({ id: 'CreateCart' });
export type CreateCart = z.infer<typeof CreateCart>;

const Span = z
  .tuple([z.int(), z.int()])
  .readonly()
  .describe('from, and up to but without, in UTF-16 code units of the text');
const BY = ['rule', 'tagger', 'history', 'model'] as const;
const CartField = z
  .object({ span: Span, confidence: z.number().describe('calibrated: 0.9 is right nine times of ten'), by: z.enum(BY) })
  .meta({ id: 'CartField' });

export const WordCartLine = z
  .object({
    id: z.string(),
    name: z.string(),
    quantity: z.number().nullable().describe('null where none was said'),
    quantityMax: z.number().nullable(),
    unit: z.string().nullable().describe('as said, in the singular'),
    size: z.string().nullable().describe('of one pack'),
    brand: z.string().nullable(),
    notes: z.string().nullable(),
    state: z.enum(['settled', 'open', 'left_out']),
    fields: z.partialRecord(z.enum(['name', 'quantity', 'unit', 'size', 'brand', 'notes']), CartField),
  })
  .meta({ id: 'WordCartLine' });

export const CartQuestion = z
  .object({
    id: z.string(),
    line: z.string(),
    kind: z.enum(['which_food', 'which_size', 'how_much', 'which_meant', 'keep_or_drop', 'confirm']),
    text: z.string(),
    because: z.string(),
    choices: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        because: z.string(),
        effect: z.object({
          set: z
            .object({
              name: z.string().optional(),
              quantity: z.number().optional(),
              unit: z.string().nullable().optional(),
            })
            .optional(),
          drop: z.boolean().optional(),
          target: z.string().optional(),
        }),
      }),
    ),
    default: z.null().describe('nothing is chosen by silence'),
    answer: z.string().nullable().describe('the choice or the words that answered it; `moot` where its line is gone'),
  })
  .meta({ id: 'CartQuestion' });

const notBinding = z
  .array(
    z.object({
      constraint: z.enum(['budget', 'store', 'deadline', 'people', 'days']),
      said: z.string(),
      because: z.string(),
    }),
  )
  .describe('what was said and cannot hold a route; all else does');

const Found = z
  .object({
    kind: z.enum(['price', 'product', 'food', 'recipe', 'route', 'plan']),
    about: z.string().nullable(),
    id: z.string().nullable(),
    name: z.string(),
    text: z.string().describe('all of it in a sentence'),
    path: z.string().nullable().describe('where more of it is read'),
    cents: z.int().nullable(),
    currency: z.string().nullable(),
    store: z.string().nullable(),
    on: z.string().nullable().describe('the day on which it was seen or made'),
    status: z.string().nullable(),
  })
  .meta({ id: 'CartFound' });
const NextStep = z
  .object({
    label: z.string(),
    method: z.enum(['GET', 'POST', 'PUT']),
    path: z.string(),
    body: z.record(z.string(), z.unknown()).nullable(),
    needs: z.array(z.string()).describe('fields to add first: to the query of a GET, to the body of others'),
  })
  .meta({ id: 'CartNextStep' });

const CART_STATUSES = ['open', 'ready', 'needs_input', 'failed', 'cancelled'] as const;
export const ListCarts = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().regex(idPattern('crt')).optional(),
  status: z.enum(CART_STATUSES).optional(),
});
export type ListCarts = z.infer<typeof ListCarts>;

const snapshot = {
  ...submitted(CART_STATUSES),
  failure: z
    .object({
      reason: z.enum(['deadline']),
      details: z.array(z.object({ pointer: z.string().nullable(), detail: z.string() })),
    })
    .nullable()
    .default(null)
    .describe('why it failed, and what to do'),
  cartId: z.string().nullable().describe('the cart that the words were about'),
  version: z.int().describe('counts up with each change; answers name it'),
  language: z.enum(['en', 'da']).nullable(),
  actions: z.array(
    z.object({
      type: z.enum(INTENTS),
      span: Span,
      confidence: z.number(),
      by: z.enum(BY),
      lines: z.array(z.string()),
      about: z.array(z.string()).describe('the things that a question or request names, which changes no cart'),
      constraints: CartConstraints.default({}).describe(
        'what was said with it; of what only asks, it holds for the answer and not for the cart',
      ),
      found: z.array(Found).default([]).describe('what is known of it, as of when the words were read'),
      next: z.array(NextStep).default([]).describe('requests that do it, ready but for what each needs'),
    }),
  ),
  lines: z.array(WordCartLine),
  questions: z.array(CartQuestion),
  neededBy: z.iso
    .datetime()
    .nullable()
    .default(null)
    .describe('the moment that the deadline names, in the time zone that was said'),
  questionsExpireAt: z.iso
    .datetime()
    .nullable()
    .default(null)
    .describe('answers that come later are refused; null where nothing is open'),
  constraints: CartConstraints,
  routable: z.boolean().describe('nothing is open, and there is something to buy'),
};
/** A cart as events carry it: without the words themselves. */
export const CartSnapshot = z.object(snapshot).meta({ id: 'CartSnapshot' });
export type CartSnapshot = z.infer<typeof CartSnapshot>;

const ROLES = ['item', 'amount', 'unit', 'size', 'brand', 'note', 'constraint', 'action', 'filler', 'unread'] as const;
export const CartResource = z
  .object({
    ...snapshot,
    text: z.string(),
    timezone: z.string().nullable(),
    notBinding,
    words: z.array(z.object({ span: Span, role: z.enum(ROLES) })).describe('every character is in exactly one'),
    queue: QueuePlace,
  })
  .meta({ id: 'Cart' });
export type CartResource = z.infer<typeof CartResource>;

export const CartList = z
  .object({ data: z.array(CartSnapshot), nextCursor: z.string().nullable() })
  .meta({ id: 'CartList' });
export type CartList = z.infer<typeof CartList>;

export const AnswerCart = z
  .strictObject({
    version: z.int().min(1).describe('of the cart that the answers are about; an older one is refused'),
    answers: z
      .array(
        z
          .strictObject({
            question: z.string().min(1).max(40),
            choice: z.string().min(1).max(40).optional(),
            text: z.string().min(1).max(400).optional(),
          })
          .refine(({ choice, text }) => (choice === undefined) !== (text === undefined), 'a choice or words, not both'),
      )
      .min(1)
      .max(200),
  })
  .meta({ id: 'AnswerCart' });
export type AnswerCart = z.infer<typeof AnswerCart>;

export const RouteCart = z
  .strictObject({
    shippingAddress: ShippingAddress,
    acceptDefaults: z
      .boolean()
      .default(false)
      .describe('leaves out what is still open, and names it; otherwise nothing may be open'),
    deadlineMs: z.int().min(100).max(30_000).optional(),
    ...submission,
  })
  .meta({ id: 'RouteCart' });
export type RouteCart = z.infer<typeof RouteCart>;

export const RoutedCart = z
  .object({
    cartId: z.string(),
    routeId: z.string(),
    path: z.string().describe('where the route is'),
    items: z.int(),
    leftOut: z
      .array(z.object({ line: z.string(), name: z.string() }))
      .describe('what is not asked for, because nobody answered or an answer said so'),
    notBinding,
  })
  .meta({ id: 'RoutedCart' });
export type RoutedCart = z.infer<typeof RoutedCart>;
