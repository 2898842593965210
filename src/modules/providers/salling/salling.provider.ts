import type { OfferSource } from '../offer.js';
import { SallingAdapter } from './salling.adapter.js';

/** Salling Group (Netto, føtex, Bilka, Basalt in Denmark): food sold for less before it expires. It sells no carts. */
export const salling: OfferSource = {
  id: 'SALLING',
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
  connect: (settings, tools) => new SallingAdapter(settings, tools),
};
