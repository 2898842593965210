import { readFileSync } from 'node:fs';
import { line, policy, provider, quote } from '../../../../test/support/decisions.js';
import { readConfig } from '../../../read-config.js';
import type { Quote } from '../../providers/provider.js';
import { buildPolicy } from './build-policy.js';
import { PRESETS, type Preset } from './policy.js';
import { ownWeights, PRESET_WEIGHTS, weightsFor } from './presets.js';
import { score } from './scoring.js';

const BASE = { LOOPGPT_ENV: 'test', DATABASE_URL: 'postgres://x@127.0.0.1/x' };
const weightsUnder = (preset: Preset | undefined, env: Record<string, string> = {}) =>
  buildPolicy({ ...BODY, ...(preset ? { preset } : {}) }, readConfig({ ...BASE, ...env }).values, [], new Map())
    .weights;
const BODY = {
  items: [{ id: 'milk', name: 'milk', quantity: 1, unit: 'each' }],
  shippingAddress: { street: '1 Main St', city: 'Cincinnati', state: 'OH', postalCode: '45202', country: 'US' },
} as Parameters<typeof buildPolicy>[0];

/** As the shipped providers stand to each other: Kroger first in the operator's order, MealMe the only one that tells a time. */
const kroger = provider('KROGER_API', { priority: 70, commissionBps: 200 });
const walmart = provider('WALMART_API', { priority: 60, commissionBps: 400 });
const mealme = provider('MEALME', { priority: 50, commissionBps: 300 });
const untold = { deliveryMinutes: null, deliveryCents: null, feesCents: null, taxCents: null };
const winner = (preset: Preset, quotes: Record<string, Partial<Quote>>) => {
  const rules = { ...policy([kroger, walmart, mealme]), weights: weightsFor(preset, {}) };
  const quoted = rules.expected.flatMap(({ id }) => (quotes[id] ? [{ providerId: id, quote: quote(quotes[id]) }] : []));
  return score(rules, quoted)[0]!.providerId;
};

describe('presets', () => {
  it('take the shipped weights for the plain default, which are the former router’s', () => {
    expect(weightsUnder(undefined)).toEqual(PRESET_WEIGHTS.balanced);
    expect(ownWeights(PRESET_WEIGHTS.balanced)).toEqual({});
  });

  it.each(PRESETS)('set all six weights under %s, and give way to a weight of the operator’s own', (preset) => {
    expect(weightsUnder(preset)).toEqual(PRESET_WEIGHTS[preset]);
    expect(weightsUnder(preset, { LOOPGPT_SCORE_COMMISSION_WEIGHT: '3' })).toEqual({
      ...PRESET_WEIGHTS[preset],
      commission: 3,
    });
  });

  it('let the cheapest win under price-first from a difference of 3 % on, whoever the operator prefers', () => {
    for (const cents of [2000, 3000, 12_000]) {
      const quotes = {
        KROGER_API: { itemsCents: Math.round(cents * 1.03), deliveryMinutes: { min: 0, max: 30 } },
        WALMART_API: { itemsCents: Math.round(cents * 1.1), deliveryMinutes: null },
        MEALME: { itemsCents: cents, deliveryMinutes: { min: 60, max: 240 } },
      };
      expect(winner('price-first', quotes)).toBe('MEALME');
      expect(winner('balanced', quotes)).toBe('KROGER_API');
    }
  });

  it('let the only provider that tells a time win under speed-first, and the soonest of several', () => {
    expect(
      winner('speed-first', {
        KROGER_API: { ...untold, itemsCents: 2500 },
        WALMART_API: untold,
        MEALME: { itemsCents: 3600 },
      }),
    ).toBe('MEALME');
    const soon = { itemsCents: 3600, deliveryMinutes: { min: 20, max: 40 } };
    expect(winner('speed-first', { KROGER_API: { deliveryMinutes: { min: 40, max: 60 } }, MEALME: soon })).toBe(
      'MEALME',
    );
  });

  it('let what an order earns decide under revenue-first', () => {
    expect(winner('revenue-first', { KROGER_API: { itemsCents: 2500 }, WALMART_API: {}, MEALME: {} })).toBe(
      'WALMART_API',
    );
  });

  it.each(PRESETS)(
    'never let a cart of 7 lines of 11 beat a whole one at a quarter more per line under %s',
    (preset) => {
      const seven = Array.from({ length: 11 }, (_, index) => line(index < 7 ? 'matched' : 'missing', `${index}`));
      const whole = Array.from({ length: 11 }, (_, index) => line('matched', `${index}`));
      const quotes = {
        KROGER_API: { itemsCents: 2800, lines: seven, deliveryMinutes: { min: 0, max: 20 } },
        MEALME: { itemsCents: 5500, lines: whole, deliveryMinutes: { min: 100, max: 240 } },
      };
      expect(winner(preset, quotes)).toBe('MEALME');
    },
  );

  it('stand in the document as they are', () => {
    const page = readFileSync('docs/choosing.md', 'utf8');
    for (const preset of PRESETS) {
      const { priority, price, speed, commission, availability, reliability } = PRESET_WEIGHTS[preset];
      expect(page).toContain(
        `| \`${preset}\` | ${[priority, price, speed, commission, availability, reliability].join(' | ')} |`,
      );
    }
  });
});
