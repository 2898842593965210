import type { SwapOptions } from '../../../../sdk/client.js';

type Choice = SwapOptions['options'][number];

/** By what each changes of the price, those of which nobody knows it last; of one price as the API has them. Pure. */
export const cheapestFirst = (options: readonly Choice[]): readonly Choice[] =>
  options.toSorted((a, b) => costOf(a) - costOf(b));

/** Beyond any list. */
const UNKNOWN = Number.MAX_SAFE_INTEGER;
const costOf = ({ differenceCents }: Choice): number => differenceCents ?? UNKNOWN;
