import { secret } from '../../../common/variables.js';
import { MAIN_CALLS, type Card } from '../card.js';

/** Kroger's public API: store-level prices and stock; it tells neither fees nor delivery times. */
export const kroger = {
  id: 'KROGER_API',
  prefix: 'KROGER',
  name: 'Kroger Direct',
  kind: 'direct',
  priority: 70,
  capabilities: {
    quotes: true,
    links: false,
    offers: false,
    orders: false,
    feesKnown: false,
    deliveryTimeKnown: false,
  },
  commissionBps: null,
  timeoutMs: 10_000,
  // Production and certification are counted apart, and so are their hosts here.
  callsPerDay: { [MAIN_CALLS]: 10_000, locations: 1600, chains: 1600 },
  hosts: { production: 'https://api.kroger.com', certification: 'https://api-ce.kroger.com' },
  // Keys of one environment fail on the other's host.
  hostsAbout: 'which Kroger host the credentials belong to',
  basePath: '',
  credentials: [
    {
      part: 'clientId',
      variable: 'KROGER_CLIENT_ID',
      schema: secret().optional().describe('Kroger OAuth2 client id'),
    },
    {
      part: 'clientSecret',
      variable: 'KROGER_CLIENT_SECRET',
      schema: secret().optional().describe('Kroger OAuth2 client secret'),
    },
  ],
  simulatedCredentials: { clientId: 'simulated-client', clientSecret: 'simulated-secret' },
} as const satisfies Card;
