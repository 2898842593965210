import fc from 'fast-check';
import {
  anyRoute,
  anyWeights,
  DECIDED_AT,
  policy,
  provider,
  SEED_WEIGHTS,
} from '../../../../test/support/decisions.js';
import { readConfig } from '../../../read-config.js';
import { policyWith, weightFaults } from '../deciding/build-policy.js';
import { PRESET_WEIGHTS } from '../deciding/presets.js';
import { buildOutcome } from '../deciding/outcome.js';
import { Rescore } from './rescoring.dto.js';

const { values } = readConfig({ LOOPGPT_ENV: 'test', DATABASE_URL: 'postgres://x@127.0.0.1/x' });
const DECIDED = { kind: 'decided', rule: 'all_answered', decidedAt: DECIDED_AT } as const;

describe('a decision under other wishes', () => {
  const frozen = policy([provider('KROGER_API'), provider('MEALME'), provider('INSTACART', { linkOnly: true })]);

  it('keeps whatever is not named', () => {
    expect(policyWith(frozen, { weights: { price: 5 } }, values)).toEqual({
      ...frozen,
      weights: { ...SEED_WEIGHTS, price: 5 },
    });
    expect(policyWith(frozen, { allowPartial: false }, values)).toEqual({ ...frozen, allowPartial: false });
  });

  it('takes a preset over what the operator has set, and no quorum beyond those who quote', () => {
    const under = policyWith(frozen, { preset: 'price-first', quorum: 9 }, values);
    expect(under.weights).toEqual(PRESET_WEIGHTS['price-first']);
    expect(under.quorum).toEqual({ at: 2, strict: true });
  });

  it('lets only the named providers count', () => {
    const under = policyWith(frozen, { providers: ['MEALME'] }, values);
    expect(under.expected.map(({ id }) => id)).toEqual(['MEALME']);
  });

  it('is the same decision when it wishes for what was in force, and the one of a route asked that way otherwise', () => {
    fc.assert(
      fc.property(anyRoute(), anyWeights, ({ policy: any, answers }, weights) => {
        const decide = (under: typeof any) => buildOutcome(under, answers, DECIDED, 12);
        expect(decide(policyWith(any, { weights: any.weights }, values))).toEqual(decide(any));
        expect(decide(policyWith(any, { weights }, values))).toEqual(decide({ ...any, weights }));
      }),
      { numRuns: 200 },
    );
  });

  it('needs a weight that counts', () => {
    const none = { priority: 0, price: 0, speed: 0, commission: 0, availability: 0, reliability: 0 };
    const under = (weights: Partial<typeof none>) => weightFaults(policyWith(frozen, { weights }, values).weights);
    expect(under(none).map(({ pointer }) => pointer)).toEqual(['/weights']);
    expect(under({ ...none, speed: 0.01 })).toEqual([]);
    expect(under({ price: 0 })).toEqual([]);
  });

  it('needs a wish, and not weights and a preset at once', () => {
    for (const body of [{}, { weights: { price: 1 }, preset: 'balanced' }, { colour: 'red' }, { providers: [] }]) {
      expect(Rescore.safeParse(body).success).toBe(false);
    }
  });
});
