import { z } from 'zod';
import { WebhookSecret } from '../crypto/webhook-secret.js';

/** What callers may send with anything that is accepted now and done later, and what is kept of it. Pure. */
export const Metadata = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .refine((metadata) => Object.keys(metadata).length <= 20, 'at most 20 entries');

/** Fields of a request's schema. */
export const submission = {
  webhook: z
    .strictObject({
      url: z.url().max(2000),
      secret: WebhookSecret.optional(),
    })
    .optional(),
  reference: z.string().min(1).max(128).optional(),
  metadata: Metadata.optional(),
};
const Submission = z.object(submission);
export type Submission = z.infer<typeof Submission>;

/** Fields of what callers see of it, whatever it is. */
export const submitted = <const Statuses extends readonly [string, ...string[]]>(statuses: Statuses) => ({
  id: z.string(),
  status: z.enum(statuses),
  reference: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  createdAt: z.iso.datetime(),
  deadlineAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  traceId: z.string(),
});

/** Where something open stands, as callers see it. */
export const QueuePlace = z
  .object({
    position: z
      .int()
      .describe('0: it is being worked on; otherwise at most so many are before it, or it, in the queue'),
    decidedBy: z.iso.datetime().describe('usually much earlier'),
    estimatedAt: z.iso
      .datetime()
      .nullable()
      .describe('when the outcome is likely, by how long others took of late; null when that tells nothing'),
  })
  .nullable()
  .describe('null once it is closed');

export interface KeptSubmission {
  reference: string | null;
  metadata: Record<string, string>;
  webhook: { url: string; secretSealed: string | null } | null;
}

export function keptOf({ webhook, reference, metadata }: Submission, seal: (text: string) => string): KeptSubmission {
  return {
    reference: reference ?? null,
    metadata: metadata ?? {},
    webhook: webhook ? { url: webhook.url, secretSealed: webhook.secret ? seal(webhook.secret) : null } : null,
  };
}
