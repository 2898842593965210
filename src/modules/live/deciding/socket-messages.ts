import { z } from 'zod';
import { AppError, type FieldError } from '../../../common/errors.js';
import { textFaults } from '../../../common/text.js';
import { bodyOf, type EventEnvelope } from '../../../events/event.js';
import { tellerOf } from '../../../operations/catalogue.js';
import { Problem } from '../../../platform/http/answers.decorator.js';
import { EventBody, Sequence } from '../live.dto.js';

/** The messages of a WebSocket that follows many subjects: what is said, and how what is said to us is read. Pure. */

/** The subprotocol of these messages; a breaking change is a new one. */
export const PROTOCOL = 'loopgpt.v1';

const Subject = z
  .string()
  .refine((text) => tellerOf(text) !== null, 'the id of something that can be followed')
  .describe('id of a route, plan, import, cart, watch of a price or of clearances, or whatever else tells of itself');

export const Subscribe = z
  .strictObject({
    type: z.literal('subscribe'),
    subject: Subject,
    after: Sequence.default(0).describe('sequence of the last event you have'),
    stay: z
      .boolean()
      .default(false)
      .describe('go on after the outcome, until unsubscribed: later events such as route.confirmed come, too'),
    batch: z
      .int()
      .min(10)
      .max(5000)
      .optional()
      .describe('tell what happens within so many milliseconds together, as one message `batch`'),
    token: z
      .string()
      .regex(/^lgt_/)
      .max(2000)
      .optional()
      .describe('a browser token of this subject, if the connection may not read it'),
  })
  .describe('Tell what happens to a subject; asked for again, it begins again after `after`.');
export type Subscribe = z.infer<typeof Subscribe>;

export const Unsubscribe = z
  .strictObject({ type: z.literal('unsubscribe'), subject: Subject })
  .describe('Tell no more of a subject. Nothing is answered.');

const ClientMessage = z.discriminatedUnion('type', [Subscribe, Unsubscribe]);
export type ClientMessage = z.infer<typeof ClientMessage>;

const about = { subject: z.string() };
const Told = z.object({ type: z.literal('event'), ...about, event: EventBody });
const Missing = z.object({ type: z.literal('gap'), ...about, after: z.int(), next: z.int().nullable() });
/** What we say. Each has a name of its own in AsyncAPI. */
export const SERVER_MESSAGES = {
  subscribed: z
    .object({ type: z.literal('subscribed'), ...about })
    .describe('What follows of the subject is told from its place on.'),
  event: Told.describe('The event as webhooks, streams and polls tell it, byte for byte.'),
  gap: Missing.describe('Events in between are no longer kept; read the present state with GET. `next` null: none is.'),
  batch: z
    .object({ type: z.literal('batch'), ...about, messages: z.array(z.discriminatedUnion('type', [Told, Missing])) })
    .describe('To who subscribed with `batch`: what would have been as many messages, in their order.'),
  ended: z
    .object({ type: z.literal('ended'), ...about, why: z.enum(['done', 'expired']) })
    .describe('No more of the subject: its outcome was told, or its token has expired.'),
  error: z
    .object({
      type: z.literal('error'),
      subject: z.string().nullable(),
      problem: Problem,
      retryAfterSeconds: z.int().nullable(),
    })
    .describe('A message that was not followed, and why. `subject` null: it could not be read.'),
  beat: z
    .object({ type: z.literal('beat') })
    .describe('Every 15 s, beside a ping frame, for clients that do not see those.'),
} as const satisfies Record<string, z.ZodType>;

/** Why we close; what may be done about it is in docs/websocket.md. */
export const CLOSE_CODES = {
  tooManyMessages: 1008,
  stopping: 1012,
  expired: 4001,
  slow: 4008,
} as const;

/** Reads what a client said. Throws `request_invalid`. */
export function readMessage(text: string): ClientMessage {
  const said = jsonOf(text);
  const faults = textFaults(said);
  if (faults.length > 0) throw new AppError('request_invalid', 'text', { errors: faults });
  const parsed = ClientMessage.safeParse(said);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, 5).map(({ path, message }): FieldError => ({
    pointer: path.map((part) => `/${String(part)}`).join(''),
    detail: message,
  }));
  throw new AppError('request_invalid', 'socket message', { errors });
}

/** The subject that a message names, if it can be read that far: an error about it says so. */
export function subjectIn(text: string): string | null {
  const named = z.object({ subject: Subject }).safeParse(jsonOf(text));
  return named.success ? named.data.subject : null;
}

/** The event goes in as the bytes it has at every door. */
export const eventText = (event: EventEnvelope): string =>
  `{"type":"event","subject":${JSON.stringify(event.subject)},"event":${bodyOf(event)}}`;

/** Several of our messages about one subject in one, each with the bytes it has alone. */
export const batchText = (subject: string, texts: readonly string[]): string =>
  `{"type":"batch","subject":${JSON.stringify(subject)},"messages":[${texts.join(',')}]}`;

type ServerMessage = {
  [K in keyof typeof SERVER_MESSAGES]: z.infer<(typeof SERVER_MESSAGES)[K]>;
}[keyof typeof SERVER_MESSAGES];

export const textOf = (message: Exclude<ServerMessage, { type: 'event' | 'batch' }>): string => JSON.stringify(message);

/** Whether pages of this origin may connect: those that may call the API, too. What is no page sends no origin. */
export const mayConnect = (origin: string | undefined, allowed: readonly string[]): boolean =>
  origin === undefined || allowed.includes(origin);

/** Whether the subprotocols that were offered, if any were, have ours. A browser fails a connection that takes none of its offers. */
export const speaksOurs = (offered: string | undefined): boolean =>
  offered === undefined || offered.split(',').some((one) => one.trim() === PROTOCOL);

const BURST = 300;
const A_SECOND = 30;

/** How much a connection may say: a burst, such as to take up all it followed before, then so many messages in a second. */
export class MessageBudget {
  private left = BURST;

  /** `now` in milliseconds of a clock that never goes back. */
  constructor(private at: number) {}

  /** Whether one more message is within bounds. */
  spend(now: number): boolean {
    this.left = Math.min(BURST, this.left + ((now - this.at) * A_SECOND) / 1000);
    this.at = now;
    if (this.left < 1) return false;
    this.left--;
    return true;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
