import { z } from 'zod';
import { ProviderId } from '../../providers/provider.js';
import { SplitWish } from '../splitting/split.js';
import { AllowPartial, HistoryWeight, Outcome, Preset, Weights } from '../deciding/policy.js';

/** Other wishes for a decision that has been made; what is not named stays as it was. */
export const Rescore = z
  .strictObject({
    weights: Weights.partial().optional().describe('over the weights the route was decided by'),
    preset: Preset.optional().describe('over the weights the operator has set now'),
    historyWeight: HistoryWeight.optional(),
    quorum: z.int().min(1).max(20).optional(),
    allowPartial: AllowPartial.optional(),
    split: SplitWish.optional().describe('how the cart would be split over the same quotes'),
    providers: z.array(ProviderId).min(1).optional().describe('only the answers of these count'),
  })
  .refine((body) => !(body.weights && body.preset), { message: 'give weights or a preset, not both', path: ['preset'] })
  .refine((body) => Object.keys(body).length > 0, { message: 'name at least one wish that differs' })
  .meta({ id: 'RescoreRoute' });
export type Rescore = z.infer<typeof Rescore>;

export const Rescored = z
  .object({
    routeId: z.string(),
    /** Another provider would have won, or none. */
    changed: z.boolean(),
    weights: Weights,
    was: Outcome.describe('as it was decided'),
    wouldBe: Outcome.describe('from the same answers at the same moment'),
  })
  .meta({ id: 'RescoredRoute' });
export type Rescored = z.infer<typeof Rescored>;
