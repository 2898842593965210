/**
 * What calls to models for one subject have cost, for a statement that reads more: one row of `micro_usd` (at the most it can be where the call is
 * not settled yet) and `tokens`. `subject` is a column of it.
 */
export const spentOn = (subject: string): string =>
  `(SELECT COALESCE(sum(COALESCE(cost_micro_usd, reserved_micro_usd)), 0) AS micro_usd, COALESCE(sum(tokens), 0) AS tokens
    FROM ai_calls WHERE ai_calls.subject = ${subject})`;
