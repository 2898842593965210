import type { OfferSource } from './offer.js';
import type { Provider } from './provider.js';

/** Those that can be asked, each with what makes its adapter. Who asks is given them, and so reaches none of the adapters itself. */
export abstract class Sources {
  abstract readonly providers: readonly Provider[];
  abstract readonly offers: readonly OfferSource[];
}
