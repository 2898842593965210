import { z } from 'zod';
import { MAX_CENTS } from '../../../common/money.js';
import { FailureReason, ProviderId, Quote, QuoteHistory, LinkOffer, QuoteFailure } from '../../providers/provider.js';
import { Split, SplitWish } from '../splitting/split.js';

/**
 * The vocabulary of a decision. A policy is frozen on the route when it is accepted; together with the stored quotes it gives the
 * same outcome for ever.
 */

/** Named in every outcome; raised whenever `score()` or `decide()` could answer otherwise for the same input. */
export const POLICY_VERSION = '2026-11-2';

export const FACTORS = ['priority', 'price', 'speed', 'commission', 'availability', 'reliability'] as const;
export type Factor = (typeof FACTORS)[number];

/** Non-negative weight per factor; they need not sum to 1. At least one is positive. */
export const Weights = z.strictObject({
  priority: z.number().min(0).max(10),
  price: z.number().min(0).max(10),
  speed: z.number().min(0).max(10),
  commission: z.number().min(0).max(10),
  availability: z.number().min(0).max(10),
  reliability: z.number().min(0).max(10),
});
export type Weights = z.infer<typeof Weights>;

/** How much counts what such things cost before, beside the factors; absent is not at all. */
export const HistoryWeight = z
  .number()
  .min(0)
  .max(10)
  .describe('how much counts what the same things cost before; 0: not at all');

export const PRESETS = ['balanced', 'price-first', 'revenue-first', 'speed-first'] as const;
export const Preset = z.enum(PRESETS);
export type Preset = z.infer<typeof Preset>;

/** The best a provider is expected to answer for this cart, by what it quoted in the last day (see `track-record.ts`). */
export const SeenLately = z.object({ comparedAtLeastCents: z.int().min(1), minutesAtLeast: z.number().min(0) });
export type SeenLately = z.infer<typeof SeenLately>;

/** A provider that was asked, with everything about it that scoring needs, as it stood when the route was accepted. */
export const ExpectedProvider = z.object({
  id: ProviderId,
  name: z.string(),
  /** 0..100. */
  priority: z.number().min(0).max(100),
  /** Gives links only: never awaited, never a winner. */
  linkOnly: z.boolean(),
  /** Added to the score of a direct provider the operator prefers; 0 otherwise. */
  boost: z.number().min(0).max(1),
  commissionBps: z.number().min(0).nullable(),
  /** 0..1: smoothed share of its recent answers that were usable. */
  reliability: z.number().min(0).max(1),
  timeoutMs: z.int().positive(),
  /** Null where too little is known of it. */
  seen: SeenLately.nullable().default(null),
});
export type ExpectedProvider = z.infer<typeof ExpectedProvider>;

/**
 * False: a quote that lacks a line is not usable. True: it never beats a complete one that is at most DEARER_PERCENT dearer per line.
 * `cheapest`: it stands beside complete ones.
 */
export const AllowPartial = z
  .union([z.boolean(), z.literal('cheapest')])
  .describe(
    'false: only complete quotes; true: one that lacks lines never beats a complete one at most 25 % dearer per line; cheapest: it may',
  );

/** It bars nobody: who is beyond it may be the best there is, and the outcome says by how much. */
export const BudgetCents = z
  .int()
  .min(1)
  .max(MAX_CENTS)
  .describe(
    'what the whole order may cost, in US cents; the outcome tells who is within it, and by how much the winner is over',
  );

export const NeededBy = z.iso
  .datetime()
  .describe('when all shall be there; it bars nobody: the outcome tells who says that it will be');

export const Policy = z.object({
  version: z.string(),
  weights: Weights,
  /** Absent: 0. Of a quote that was not held against what was seen before, half of it counts. */
  historyWeight: HistoryWeight.optional(),
  /** Each quote is held against what was seen before; so it is where that counts. */
  priceCheck: z.boolean().optional(),
  /** The cart is split over stores, too: every answer may add to it, so that all are waited for. */
  split: SplitWish.optional(),
  budgetCents: BudgetCents.optional(),
  neededBy: NeededBy.optional(),
  preset: Preset.nullable(),
  /** Of an experiment, the arm whose weights these are. */
  experiment: z.object({ id: z.string(), arm: z.string() }).optional(),
  /**
   * `at`: usable quotes needed. `strict` (the caller asked for k): decide at k at once. Otherwise also wait while an outstanding
   * provider could still win.
   */
  quorum: z.object({ at: z.int().min(1), strict: z.boolean() }),
  allowPartial: AllowPartial,
  deadlineMs: z.int().positive(),
  expected: z.array(ExpectedProvider).max(50),
});
export type Policy = z.infer<typeof Policy>;

/** One stored answer as the decision sees it. `atMs`: milliseconds from acceptance to storage, on the database's clock. */
export interface Answer {
  providerId: ProviderId;
  result: { ok: true; offer: Quote | LinkOffer } | { ok: false; failure: QuoteFailure };
  latencyMs: number;
  atMs: number;
  /** Stored after the route was closed. */
  late: boolean;
}

export const RULES = [
  'quorum', // the quorum the caller asked for was reached
  'unbeatable', // quorum reached and no outstanding provider could still win
  'all_answered', // every awaited provider has answered
  'deadline', // time was up
] as const;
export const Rule = z.enum(RULES);
export type Rule = z.infer<typeof Rule>;

const Share = z.object({
  /** 0..1 after normalisation (see `scoring.ts`); for an unknown fact, the value assumed in `contender.ts`. */
  value: z.number(),
  weight: z.number(),
  /** value × weight / sum of weights: what this factor adds to the score. */
  contribution: z.number(),
  /** The provider did not tell all of it; `value` rests on an assumption. */
  unknown: z.boolean(),
});

/** What a compared price rests on where the provider did not tell. */
export const ASSUMPTIONS = ['delivery', 'fees', 'tax', 'missing_lines'] as const;
export type Assumption = (typeof ASSUMPTIONS)[number];

export const RankedQuote = z.object({
  providerId: ProviderId,
  providerName: z.string(),
  rank: z.int().min(1),
  score: z.number(),
  boost: z.number(),
  factors: z.object({
    priority: Share,
    price: Share,
    speed: Share,
    commission: Share,
    availability: Share,
    reliability: Share,
    /** Only where it counts. */
    history: Share.optional(),
  }),
  /** The sum of the parts the provider told. */
  totalCents: z.int(),
  /** The price it was ranked by: `totalCents` plus what was assumed for the parts and lines it left out (see `contender.ts`). */
  comparedCents: z.int(),
  /** The parts of `comparedCents` that the provider did not tell. */
  assumed: z.array(z.enum(ASSUMPTIONS)),
  currency: z.string(),
  missingLines: z.int().min(0),
  /** It lacks lines and a complete quote costs little more: ranked behind all that are not held back. */
  heldBack: z.boolean(),
});
export type RankedQuote = z.infer<typeof RankedQuote>;

/** What would have to change for the runner-up to win. Null: no such change exists in the allowed range. */
export const FlipMargins = z.object({
  runnerUpId: ProviderId,
  /** Score distance between winner and runner-up. */
  scoreGap: z.number(),
  /** The runner-up wins if its own total is lower by this many cents or more, and not if it is lower by less. */
  priceDropCents: z.int().nullable(),
  /** Per factor: the nearest weight, in steps of 0.001 and within 0..10, at which the runner-up wins, the others unchanged. */
  weights: z.object({
    priority: z.number().nullable(),
    price: z.number().nullable(),
    speed: z.number().nullable(),
    commission: z.number().nullable(),
    availability: z.number().nullable(),
    reliability: z.number().nullable(),
  }),
});
export type FlipMargins = z.infer<typeof FlipMargins>;

/** Why an answer that came in time could not win. */
export const EXCLUSION_REASONS = [
  'partial_refused',
  'expired',
  'link_only',
  'wrong_currency',
  'nothing_matched',
] as const;

/** Prices as they are compared, so that what a provider does not tell is not taken as free. */
export const Budget = z.object({
  cents: z.int(),
  overCents: z.int().nullable().describe('by how much the winner is over it, 0 within; null where nobody won'),
  within: z.array(ProviderId).describe('whose usable quotes are within it, best first'),
});

/** By the end of the window that each promises, counted from the decision. */
export const InTime = z.object({
  neededBy: z.iso.datetime(),
  winnerIsInTime: z.boolean().nullable().describe('null where nobody won, or the winner tells no time'),
  inTime: z.array(ProviderId).describe('whose usable quotes promise it, best first'),
  late: z.array(ProviderId),
  untold: z.array(ProviderId).describe('they tell no time'),
});

export const Outcome = z.object({
  status: z.enum(['fulfilled', 'partial', 'no_quotes']),
  rule: Rule,
  policyVersion: z.string(),
  /** Milliseconds from acceptance to the decision, on the database's clock. */
  decidedAfterMs: z.number(),
  quorum: z.object({ at: z.int(), strict: z.boolean(), usable: z.int() }),
  winner: RankedQuote.nullable(),
  /** Every other usable quote, best first. */
  fallbacks: z.array(RankedQuote),
  flipMargins: FlipMargins.nullable(),
  handoffs: z.array(z.object({ providerId: ProviderId, url: z.string() })),
  counted: z.array(z.object({ providerId: ProviderId, latencyMs: z.number() })),
  excluded: z.array(z.object({ providerId: ProviderId, reason: z.enum(EXCLUSION_REASONS), latencyMs: z.number() })),
  failed: z.array(
    z.object({ providerId: ProviderId, reason: FailureReason, detail: z.string(), latencyMs: z.number() }),
  ),
  /** Had not answered when the decision fell. */
  outstanding: z.array(ProviderId),
  priceCheck: QuoteHistory.optional().describe(
    'the winner’s prices against what was seen before, each line and in total; where the route asked for it',
  ),
  budget: Budget.optional().describe('where the route names one'),
  inTime: InTime.optional().describe('where the route says by when'),
  split: Split.optional().describe('the cheapest way of buying at several stores; where the route asked for it'),
  /** One plain sentence: who won and why. */
  explanation: z.string(),
});
export type Outcome = z.infer<typeof Outcome>;
