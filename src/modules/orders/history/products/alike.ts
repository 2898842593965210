import type { Tx } from '../../../../platform/database/database.js';
import type { FoodGroup } from './deciding/grouping-foods.js';

/** What a product is looked for, joined and grouped by. */
export interface Described {
  /** Empty for a name that is not known whole. */
  stem: string;
  foodGroup: FoodGroup | null;
}

/** Which products are one, as a change of the history asks; whoever only accepts imports reaches none of how it is found. */
export abstract class ProductsAlike {
  abstract describe(name: string, isNamed: boolean): Described;

  /** Makes the joins of a tenant anew. Within a change of its history, at its end. Throws the signal's reason once it is aborted. */
  abstract settle(tx: Tx, tenantId: string, signal?: AbortSignal): Promise<void>;
}
