import { z } from 'zod';
import { list, optionalFlag, whole, type Variables } from '../../common/variables.js';
import { FORMER_SERVICES, readFormerPorts, type FormerPort } from './former-ports/former-ports.js';

export const opsEnvironment = {
  rows: {
    LOOPGPT_BULL_BOARD: optionalFlag().describe('serve Bull Board at /admin/queues; off in production unless true'),
    LOOPGPT_ADMIN_PASSWORD: z
      .string()
      .min(8)
      .max(200)
      .optional()
      .describe('Bull Board login of user admin (may retry and delete)'),
    LOOPGPT_READER_PASSWORD: z
      .string()
      .min(8)
      .max(200)
      .optional()
      .describe('Bull Board login of user reader (looks only)'),
    LOOPGPT_METRICS_PUBLIC: optionalFlag().describe(
      'serve /metrics without a key; false in production, where it needs a key with the scope admin',
    ),
    LOOPGPT_DOORS: list()
      .transform((entries, context): FormerPort[] => {
        try {
          return readFormerPorts(entries);
        } catch (error) {
          context.addIssue({ code: 'custom', message: (error as Error).message });
          return z.NEVER;
        }
      })
      .default([])
      .describe(
        `ports of former services whose callers keep them, such as pricing:3007; of ${Object.keys(FORMER_SERVICES).join(', ')}`,
      ),
    LOOPGPT_KEEP_DAYS: whole(90, 0, 3650).describe(
      'days after which closed routes and plans, their events and deliveries are deleted; 0 keeps them for ever',
    ),
  },
} satisfies Variables;
