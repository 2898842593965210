import { z } from 'zod';
import { AppError, type FieldError } from '../../../common/errors.js';
import { textFaults } from '../../../common/text.js';
import type { EventName } from '../../../events/catalogue.js';
import type { HeardEvent } from '../../../events/listening/heard.js';
import type { KindScope } from '../../../operations/catalogue.js';

/** The messages of the former live gateway, as its clients say and hear them. Pure. */

/** What the gateway tells by itself, with the scope that a key needs to be told. */
export const TOLD = {
  nlp_processing: 'carts:read',
  nlp_result: 'carts:read',
  cart_update: 'carts:read',
  product_match: 'carts:read',
  price_update: 'imports:read',
} as const satisfies Record<string, KindScope>;
export type Told = keyof typeof TOLD;

const names = z.array(z.string().max(60)).max(50).optional();
const sessionId = z.string().max(200).optional();
const item = z.strictObject({
  name: z.string().min(1).max(200),
  quantity: z.number().positive().max(10_000).optional(),
  unit: z.string().max(40).optional(),
});

export const GATEWAY_MESSAGES = {
  auth: z.strictObject({ type: z.literal('auth'), token: z.string().min(1).max(2000), sessionId }),
  subscribe: z.strictObject({ type: z.literal('subscribe'), events: names, channels: names, sessionId }),
  ping: z.strictObject({ type: z.literal('ping'), timestamp: z.unknown().optional(), sessionId }),
  monitor_price: z
    .strictObject({
      type: z.literal('monitor_price'),
      productId: z.string().min(1).max(100),
      targetPrice: z.number().min(0.01).max(1_000_000).optional(),
      percentDrop: z.number().gt(0).lt(100).optional(),
      sessionId,
    })
    .refine(({ targetPrice, percentDrop }) => (targetPrice === undefined) !== (percentDrop === undefined), {
      message: 'give either targetPrice or percentDrop',
      path: ['targetPrice'],
    }),
  monitor_stock: z.strictObject({ type: z.literal('monitor_stock'), productId: z.string().max(100), sessionId }),
  cart_update: z
    .strictObject({
      type: z.literal('cart_update'),
      text: z.string().min(1).max(4000).optional(),
      items: z.array(item).min(1).max(200).optional(),
      cartId: z.string().max(60).optional(),
      sessionId,
    })
    .refine(({ text, items }) => (text === undefined) !== (items === undefined), {
      message: 'give either text or items',
      path: ['text'],
    }),
} as const;
const Said = z.union(Object.values(GATEWAY_MESSAGES));
export type Said = z.infer<typeof Said>;

/** Reads what a client said; the former clients put what is said beside `type` or below `data`. Throws `request_invalid` and `user_stated`. */
export function readSaid(text: string): Said {
  const { data, ...rest } = objectIn(text);
  const said: Record<string, unknown> = { ...(typeof data === 'object' ? data : {}), ...rest };
  if ('userId' in said) throw new AppError('user_stated', 'gateway message');
  const schema = GATEWAY_MESSAGES[said.type as keyof typeof GATEWAY_MESSAGES] as z.ZodType<Said> | undefined;
  const faults = textFaults(said);
  if (schema === undefined || !Object.hasOwn(GATEWAY_MESSAGES, String(said.type))) {
    faults.unshift({ pointer: '/type', detail: `one of ${Object.keys(GATEWAY_MESSAGES).join(', ')}` });
  }
  if (faults.length > 0) throw new AppError('request_invalid', 'gateway message', { errors: faults });
  const parsed = schema!.safeParse(said);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, 5).map(({ path, message }): FieldError => ({
    pointer: path.map((part) => `/${String(part)}`).join(''),
    detail: message,
  }));
  throw new AppError('request_invalid', 'gateway message', { errors });
}

/** A list as the words of one, for what reads words. */
export const wordsOf = (items: readonly z.infer<typeof item>[]): string =>
  items
    .map(({ name, quantity, unit }) => [quantity, unit, name].filter((part) => part !== undefined).join(' '))
    .join('\n');

/** The events that become messages. */
export const EVENTS_TOLD = [
  'price.dropped',
  'price.raised',
  'cart.ready',
  'cart.needs_input',
  'cart.failed',
  'cart.changed',
] as const satisfies EventName[];

/** The messages that an event becomes. */
export function messagesOf(event: HeardEvent): { type: Told; data: object }[] {
  if (event.name === 'price.dropped' || event.name === 'price.raised') {
    const { id, productId, productName, store, cents, currency, observedOn } = event.parsed;
    const moved = { watchId: id, productId, productName, store, price: cents / 100, currency, observedOn };
    return [
      { type: 'price_update', data: { ...moved, change: event.name === 'price.dropped' ? 'dropped' : 'raised' } },
    ];
  }
  if (!isOfCart(event)) return [];
  const { id, status, version, lines, questions, routable, actions } = event.parsed;
  const items = lines.map(({ name, quantity, unit, state }) => ({ name, quantity, unit, state }));
  const open = questions
    .filter(({ answer }) => answer === null)
    .map(({ kind, text, choices }) => ({ kind, text, choices }));
  const found = actions.flatMap((action) => action.found).filter(({ kind }) => kind === 'product');
  return [
    ...found.map((product) => ({
      type: 'product_match' as const,
      data: {
        cartId: id,
        productId: product.id,
        name: product.name,
        price: product.cents === null ? null : product.cents / 100,
        currency: product.currency,
      },
    })),
    { type: 'cart_update', data: { cartId: id, status, version, items, questions: open, routable } },
  ];
}

type OfCart = Extract<HeardEvent, { name: `cart.${string}` }>;
const isOfCart = (event: HeardEvent): event is OfCart => event.name.startsWith('cart.');

function objectIn(text: string): Record<string, unknown> {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said === 'object' && said !== null && !Array.isArray(said)) return said as Record<string, unknown>;
  } catch {
    // Told below: text that is no JSON is as little a message as a number.
  }
  throw new AppError('request_invalid', 'gateway message', { errors: [{ pointer: '', detail: 'an object in JSON' }] });
}
