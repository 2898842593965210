/**
 * What a model's answer costs, in millionths of a US dollar (10,000 are a cent). Pure. Figures of the vendor's price list: writing to
 * the prompt cache for five minutes costs 1.25 times the input, reading from it a tenth (some models less: then this is too much,
 * never too little).
 */
export interface Price {
  inputUsdPerMillion: number;
  outputUsdPerMillion: number;
}

export interface Usage {
  inputTokens: number;
  outputTokens: number;
  cacheWriteTokens: number;
  cacheReadTokens: number;
}

export const MICRO_USD_PER_CENT = 10_000;
const CACHE_WRITE = 1.25;
const CACHE_READ = 0.1;
/** Told to the model beside our text: the schema of the answer and its wrapping. Generous. */
const OVERHEAD_TOKENS = 1500;

/** "model=input/output, …" by model. */
export function readPrices(text: string): ReadonlyMap<string, Price> {
  return new Map(
    text.split(',').map((row) => {
      const [model, figures] = row.split('=') as [string, string];
      const [inputUsdPerMillion, outputUsdPerMillion] = figures.split('/').map(Number) as [number, number];
      return [model, { inputUsdPerMillion, outputUsdPerMillion }];
    }),
  );
}

/** A dollar a million tokens is a millionth of a dollar a token, so no factor is needed. Rounded up. */
export function costOf({ inputUsdPerMillion, outputUsdPerMillion }: Price, usage: Usage): number {
  const { inputTokens, cacheWriteTokens, cacheReadTokens, outputTokens } = usage;
  const input = inputTokens + cacheWriteTokens * CACHE_WRITE + cacheReadTokens * CACHE_READ;
  return Math.ceil(input * inputUsdPerMillion + outputTokens * outputUsdPerMillion);
}

/** The most that a call can cost: no text has more tokens than bytes, and the answer is cut at `maxTokens`. */
export function mostOf(price: Price, promptBytes: number, maxTokens: number): number {
  return costOf(price, {
    inputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: promptBytes + OVERHEAD_TOKENS,
    outputTokens: maxTokens,
  });
}

export function tokensOf({ inputTokens, outputTokens, cacheWriteTokens, cacheReadTokens }: Usage): number {
  return inputTokens + outputTokens + cacheWriteTokens + cacheReadTokens;
}
