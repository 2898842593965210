import { SEED_WEIGHTS } from '../../../../test/support/decisions.js';
import { weightsFor } from './presets.js';

describe('presets', () => {
  it('leave the configured weights alone when balanced', () => {
    expect(weightsFor('balanced', SEED_WEIGHTS)).toEqual(SEED_WEIGHTS);
  });

  it.each([
    ['price-first' as const, { price: 0.5, commission: 0.1 }],
    ['revenue-first' as const, { commission: 0.4, price: 0.2 }],
    ['speed-first' as const, { speed: 0.4, price: 0.2 }],
  ])('change only what operators know %s by', (preset, change) => {
    expect(weightsFor(preset, SEED_WEIGHTS)).toEqual({ ...SEED_WEIGHTS, ...change });
  });
});
