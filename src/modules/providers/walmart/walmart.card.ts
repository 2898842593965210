import { z } from 'zod';
import { secret } from '../../../common/variables.js';
import { MAIN_CALLS, type Card } from '../card.js';
import { SIMULATED_PRIVATE_KEY } from './walmart.simulated-key.js';

/** Walmart's affiliate API: national catalogue prices; no delivery fee, slot or tax. */
export const walmart = {
  id: 'WALMART_API',
  prefix: 'WALMART',
  name: 'Walmart Direct',
  kind: 'direct',
  priority: 60,
  capabilities: { quotes: true, links: true, offers: false, orders: false, feesKnown: false, deliveryTimeKnown: false },
  // Up to about 4 % by community notes; the programme's own rate is not published.
  commissionBps: 400,
  timeoutMs: 10_000,
  callsPerDay: { [MAIN_CALLS]: 5000 },
  hosts: { production: 'https://developer.api.walmart.com' },
  hostsAbout: 'Walmart has no public sandbox',
  basePath: '/api-proxy/service/affil/product/v2',
  credentials: [
    {
      part: 'consumerId',
      variable: 'WALMART_PARTNER_ID',
      schema: secret().optional().describe('Walmart consumer id (UUID)'),
    },
    {
      part: 'privateKey',
      variable: 'WALMART_API_KEY',
      schema: secret().optional().describe('Walmart private key: PKCS#8 PEM, or its base64 in one line'),
    },
    {
      part: 'keyVersion',
      variable: 'WALMART_KEY_VERSION',
      schema: z
        .string()
        .regex(/^[0-9]{1,4}$/)
        .default('1')
        .describe('version of the uploaded Walmart key'),
    },
  ],
  simulatedCredentials: {
    consumerId: '00000000-0000-4000-8000-000000000001',
    privateKey: SIMULATED_PRIVATE_KEY,
    keyVersion: '1',
  },
} as const satisfies Card;
