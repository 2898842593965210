import { z } from 'zod';
import { list, type Variables } from '../common/variables.js';

export const eventsEnvironment = {
  rows: {
    KAFKA_BROKERS: list().optional().describe('comma list host:port; the in-process bus if unset'),
    LOOPGPT_KAFKA_PREFIX: z
      .string()
      .regex(/^[a-z0-9._-]{0,60}$/)
      .default('')
      .describe('prefix of every topic and consumer group'),
  },
} satisfies Variables;
