import { flag } from '../../common/variables.js';

export const notificationsEnvironment = {
  LOOPGPT_WEBHOOK_ALLOW_PRIVATE: flag(false).describe(
    'let webhooks reach private addresses and http; refused in production',
  ),
} as const;
