import { costOf, mostOf, readPrices } from './pricing.js';

describe('pricing', () => {
  const haiku = readPrices('claude-haiku-5-5=0.1/0.5,claude-opus-5-5=4/20').get('claude-haiku-5-5')!;
  const usage = { inputTokens: 3000, outputTokens: 800, cacheWriteTokens: 0, cacheReadTokens: 0 };

  it('counts as the price list does: 3,000 in and 800 out are 0.0007 USD', () => {
    expect(costOf(haiku, usage)).toBe(700);
  });

  it('counts writing to the cache at 1.25 and reading from it at a tenth', () => {
    expect(costOf(haiku, { ...usage, inputTokens: 0, cacheWriteTokens: 3000 })).toBe(775);
    expect(costOf(haiku, { ...usage, inputTokens: 0, cacheReadTokens: 3000 })).toBe(430);
  });

  it('never says less than a call can cost, whatever its tokens are', () => {
    const bytes = 5000;
    for (const tokens of [0, 1, 4999, 5000]) {
      const worst = { inputTokens: 0, cacheWriteTokens: tokens, cacheReadTokens: 0, outputTokens: 400 };
      expect(mostOf(haiku, bytes, 400)).toBeGreaterThanOrEqual(costOf(haiku, worst));
    }
  });
});
