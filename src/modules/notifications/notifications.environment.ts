import { flag, type Variables } from '../../common/variables.js';

export const notificationsEnvironment = {
  rows: {
    LOOPGPT_WEBHOOK_ALLOW_PRIVATE: flag(false).describe(
      'let webhooks reach private addresses and http; refused in production',
    ),
  },
} satisfies Variables;
