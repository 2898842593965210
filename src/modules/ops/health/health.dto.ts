import { z } from 'zod';
import { DEPENDENCIES } from './dependencies.js';

export const Live = z.object({ status: z.literal('live') }).meta({ id: 'Live' });
export type Live = z.infer<typeof Live>;

export const Ready = z
  .object({
    status: z.enum(['ready', 'degraded', 'unready']),
    checks: z.record(z.string(), z.object({ ok: z.boolean(), ms: z.number(), detail: z.string().optional() })),
  })
  .meta({ id: 'Ready' });
export type Ready = z.infer<typeof Ready>;

const State = z.enum(['up', 'down', 'degraded', 'off']);

export const DetailedHealth = z
  .object({
    status: z
      .enum(['healthy', 'degraded', 'unhealthy'])
      .describe('degraded: something is down; unhealthy: nothing works'),
    service: z.string(),
    environment: z.string(),
    uptimeSeconds: z.int(),
    checkedAt: z.string(),
    dependencies: z.array(
      z.object({
        name: z.enum(DEPENDENCIES),
        state: State,
        latencyMs: z.number().describe('how long its answer took'),
        lastGoodAgeSeconds: z.number().nullable().describe('since this process last found it well; null when never'),
        detail: z.string().optional(),
      }),
    ),
    providers: z.array(
      z.object({
        id: z.string(),
        state: State.describe('degraded: left alone until it recovers; off: switched off, or no credentials'),
        simulated: z.boolean(),
        latencyMs: z.number().nullable().describe('of its last quote; null when this process has heard none'),
        lastAnswerAgeSeconds: z.number().nullable(),
      }),
    ),
  })
  .meta({ id: 'DetailedHealth' });
export type DetailedHealth = z.infer<typeof DetailedHealth>;
