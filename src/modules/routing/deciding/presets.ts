import type { Preset, Weights } from './policy.js';

/**
 * All six weights of every preset. `balanced` is the former router's, in which the operator's order decides nearly half. In the others
 * the factor they are named after outweighs all the rest: a lead of 2 % in it is worth more than the usual lead in everything else.
 */
export const PRESET_WEIGHTS: Readonly<Record<Preset, Weights>> = {
  balanced: { priority: 1, price: 0.3, speed: 0.15, commission: 0.2, availability: 0.25, reliability: 0.1 },
  'price-first': { priority: 0.05, price: 5, speed: 0.05, commission: 0.05, availability: 0.25, reliability: 0.1 },
  'revenue-first': { priority: 0.05, price: 0.3, speed: 0.05, commission: 5, availability: 0.25, reliability: 0.1 },
  'speed-first': { priority: 0.05, price: 0.3, speed: 5, commission: 0.05, availability: 0.25, reliability: 0.1 },
};

/** A preset's weights under those that the operator has set, which win over any preset. */
export const weightsFor = (preset: Preset, own: Partial<Weights>): Weights => ({ ...PRESET_WEIGHTS[preset], ...own });

/** Those of the configured weights that somebody has set: what differs from the shipped ones. */
export function ownWeights(configured: Weights): Partial<Weights> {
  const shipped = PRESET_WEIGHTS.balanced;
  const own = Object.entries(configured).filter(([factor, weight]) => weight !== shipped[factor as keyof Weights]);
  return Object.fromEntries(own);
}
