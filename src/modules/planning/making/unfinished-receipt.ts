import { MICRO_USD_PER_CENT } from '../../../platform/llm/pricing.js';
import type { Receipt } from '../plan.dto.js';
import { secondsOf, UNPRICED, type OpenPlan } from '../plan.resource.js';

/** The receipt of a plan that ends before it is made: what was paid is paid. */
export function unfinishedReceipt({ ageMs, paid, aiMicroUsd, aiTokens }: OpenPlan): Receipt {
  const { model = null, draft = 'unfinished', cacheHit = false, promptVersion = '' } = paid ?? {};
  return {
    seconds: secondsOf(ageMs),
    aiCents: aiMicroUsd / MICRO_USD_PER_CENT,
    aiTokens,
    model,
    draft,
    cacheHit,
    promptVersion,
    repairs: 0,
    targets: 0,
    targetsMet: 0,
    ...UNPRICED,
  };
}
