import { secret } from '../../../common/variables.js';
import { MAIN_CALLS, type Card } from '../card.js';

/** Salling Group (Netto, føtex, Bilka, Basalt in Denmark): food sold for less before it expires. It sells no carts. */
export const salling = {
  id: 'SALLING',
  prefix: 'SALLING',
  name: 'Salling Group food waste',
  kind: 'offers',
  priority: 0,
  capabilities: {
    quotes: false,
    links: false,
    offers: true,
    orders: false,
    feesKnown: false,
    deliveryTimeKnown: false,
  },
  commissionBps: null,
  timeoutMs: 10_000,
  callsPerDay: { [MAIN_CALLS]: 10_000 },
  hosts: { production: 'https://api.sallinggroup.com' },
  basePath: '',
  credentials: [
    {
      part: 'token',
      variable: 'SALLING_GROUP_API_KEY',
      schema: secret().optional().describe('Salling Group token, SG_APIM_…'),
    },
  ],
  simulatedCredentials: { token: 'SG_APIM_SIMULATED000000000000000000000000000000000000' },
} as const satisfies Card;
