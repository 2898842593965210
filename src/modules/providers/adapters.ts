import { OFFER_CARDS, PROVIDER_CARDS, folderOf } from './cards.js';
import type { Card } from './card.js';
import type { OfferSource } from './offer.js';
import type { Provider } from './provider.js';

/** What makes a provider's adapter, by the name of its folder, so that a provider is listed once: by its card. */
function connectOf<Connect>(card: Card): Connect {
  const folder = folderOf(card);
  const { connect } = require(`./${folder}/${folder}.adapter.js`) as { connect?: Connect };
  if (typeof connect !== 'function') throw new Error(`${folder}/${folder}.adapter.ts exports no function connect`);
  return connect;
}

/** Every provider of quotes and links. */
export const PROVIDERS: readonly Provider[] = PROVIDER_CARDS.map((card) => ({ ...card, connect: connectOf(card) }));

/** Every source of offers. */
export const OFFER_SOURCES: readonly OfferSource[] = OFFER_CARDS.map((card) => ({ ...card, connect: connectOf(card) }));
