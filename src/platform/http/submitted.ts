import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notModified, sendWithEtag } from './etag.js';
import { preferredWait } from './prefer.js';

/** How what was accepted and is done later is answered for, by whichever controller. */
const MAX_WAIT_SECONDS = 60;
const OPEN = 'open';
const LOOK_AGAIN_SECONDS = '1';

/** What a caller sees of it; `status` is `open` until it has its outcome. */
export interface Submitted {
  id: string;
  status: string;
}

/** Documents `Prefer: wait=n`. */
export const Waits = (what: string): MethodDecorator & ClassDecorator =>
  ApiHeader({
    name: 'Prefer',
    required: false,
    description: `wait=n: answer when the ${what} is closed or after n ≤ ${MAX_WAIT_SECONDS} s`,
  });

/** Documents the headers of a request that makes one. */
export const Submits = (what: string): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'makes sending twice safe for 24 h; required in production',
    }),
    Waits(what),
  );

/** The same key, of what is made beside. */
export const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: false,
  description: 'makes sending twice safe for 24 h',
};

/** How it is read: as it stands, or once it is closed or after so many seconds. */
export interface Reading<T> {
  now: () => Promise<T>;
  within: (seconds: number, gone: AbortSignal) => Promise<T>;
}

/** Seconds that the caller would rather wait; null when it said nothing of it. */
export const waitOf = (request: FastifyRequest): number | null =>
  preferredWait(request.headers.prefer, MAX_WAIT_SECONDS);

/** The answer to the request that made it: 202, or 200 with the outcome for who waited. */
export function answerAccepted<T extends Submitted>(
  reply: FastifyReply,
  { resource, replayed, root }: { resource: T; replayed: boolean; root: string },
): T {
  sayWhenToLookAgain(reply, resource);
  reply.status(resource.status === OPEN || !reply.hasHeader('Preference-Applied') ? 202 : 200);
  return answerMade(reply, { resource, replayed, root });
}

/** The answer to the request that made something at once, or that made it before. */
export function answerMade<T extends { id: string }>(
  reply: FastifyReply,
  { resource, replayed, root }: { resource: T; replayed: boolean; root: string },
): T {
  if (replayed) reply.header('Idempotent-Replayed', 'true');
  reply.header('Location', `${root}/${resource.id}`);
  return resource;
}

/** The answer to who reads it; 304 without it to who has it as it is. */
export function answerCurrent<T extends Submitted>(
  request: FastifyRequest,
  reply: FastifyReply,
  resource: T,
): T | undefined {
  sayWhenToLookAgain(reply, resource);
  return notModified(sendWithEtag(reply, resource), request) ? void reply.status(304) : resource;
}

function sayWhenToLookAgain(reply: FastifyReply, { status }: Submitted): void {
  if (status === OPEN) reply.header('Retry-After', LOOK_AGAIN_SECONDS);
}
