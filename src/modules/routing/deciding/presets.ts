import type { Preset, Weights } from './policy.js';

/** What each preset changes in the configured weights; whatever it does not name stays as the operator set it. */
const CHANGES: Readonly<Record<Preset, Partial<Weights>>> = {
  balanced: {},
  'price-first': { price: 0.5, commission: 0.1 },
  'revenue-first': { commission: 0.4, price: 0.2 },
  'speed-first': { speed: 0.4, price: 0.2 },
};

export const weightsFor = (preset: Preset, base: Weights): Weights => ({ ...base, ...CHANGES[preset] });
