import type { InForce } from '../../../config.js';
import { boostVariable, cardOf } from '../../providers/cards.js';
import type { ProviderId } from '../../providers/provider.js';
import type { Rescore } from '../decided/rescoring.dto.js';
import type { CreateRoute } from '../routing.dto.js';
import { SplitWish } from '../splitting/split.js';
import type { Arm } from './experiment.js';
import { POLICY_VERSION, type ExpectedProvider, type Policy, type Weights } from './policy.js';
import { ownWeights, weightsFor } from './presets.js';
import type { TrackRecord } from './track-record.js';

/** Added to the score of a direct provider that the operator prefers: half the whole range would be an order, this is a nudge. */
export const DIRECT_BOOST = 0.1;
/** A provider nobody has heard of lately counts as 19 good answers in 20. */
const PRIOR = { usable: 19, answers: 20 };

/** What an experiment gives a route: the weights of one of its arms. */
export interface Dealt {
  id: string;
  name: string;
  arm: Pick<Arm, 'preset' | 'weights'>;
}

/** What scoring needs to know of a provider that may be asked. */
export interface Candidate {
  id: ProviderId;
  name: string;
  priority: number;
  linkOnly: boolean;
  commissionBps: number | null;
  timeoutMs: number;
}

/**
 * The policy frozen on a route: the caller's wishes over the operator's settings. A caller who wishes for weights is in no experiment. `recent` is what each provider answered lately.
 * Pure. The quorum cannot ask for more quotes than there are providers that quote.
 */
export function buildPolicy(
  body: CreateRoute,
  values: InForce,
  candidates: readonly Candidate[],
  recent: ReadonlyMap<string, TrackRecord>,
  dealt: Dealt | null = null,
): Policy {
  const asked = wantedOf(candidates, body.providers);
  const isWished = body.preset !== undefined || body.weights !== undefined;
  const trial = isWished ? null : dealt;
  const preset = trial?.arm.preset ?? body.preset ?? (body.weights ? null : values.LOOPGPT_PRESET);
  const base = weightsFor(preset ?? 'balanced', trial?.arm.preset ? {} : weightsSetBy(values));
  return {
    version: POLICY_VERSION,
    weights: { ...base, ...trial?.arm.weights, ...body.weights },
    ...(trial ? { experiment: { id: trial.id, arm: trial.name } } : {}),
    ...wishOfHistory(body.historyWeight ?? 0, body.priceCheck ?? false),
    ...(body.budgetCents === undefined ? {} : { budgetCents: body.budgetCents }),
    ...(body.neededBy === undefined ? {} : { neededBy: body.neededBy }),
    ...(body.strategy === 'split' ? { split: body.split ?? SplitWish.parse({}) } : {}),
    preset,
    quorum: {
      at: Math.min(body.quorum ?? values.LOOPGPT_QUORUM, quoting(asked)),
      strict: body.quorum !== undefined,
    },
    allowPartial: body.allowPartial ?? true,
    deadlineMs: body.deadlineMs ?? values.LOOPGPT_DEADLINE_MS,
    expected: asked.map((candidate) => expected(candidate, body.items, values, recent.get(candidate.id))),
  };
}

/**
 * A frozen policy as it would have been frozen under other settings: the operator's weights, boosts and choice of providers anew, the
 * caller's own wishes as they were. A preset equal to the one that was in force counts as the operator's. Pure.
 */
export function policyUnder(policy: Policy, inForce: InForce, values: InForce, asked: ReadonlySet<ProviderId>): Policy {
  const preset = policy.preset === inForce.LOOPGPT_PRESET ? values.LOOPGPT_PRESET : policy.preset;
  return {
    ...policy,
    preset,
    weights: preset === null ? policy.weights : weightsFor(preset, weightsSetBy(values)),
    expected: policy.expected
      .filter(({ id }) => asked.has(id))
      .map((provider) => ({ ...provider, boost: boostOf(provider.id, values) })),
  };
}

/**
 * A frozen policy with a caller's other wishes: weights over the frozen ones, a preset over the operator's present ones, and of the
 * providers that were asked only those named. Pure.
 */
export function policyWith(policy: Policy, wishes: Rescore, values: InForce): Policy {
  const weights = wishes.preset
    ? weightsFor(wishes.preset, weightsSetBy(values))
    : { ...policy.weights, ...wishes.weights };
  const expected = policy.expected.filter(({ id }) => wishes.providers?.includes(id) ?? true);
  const { historyWeight, priceCheck, ...frozen } = policy;
  return {
    ...frozen,
    version: POLICY_VERSION,
    weights,
    ...wishOfHistory(wishes.historyWeight ?? historyWeight ?? 0, priceCheck ?? false),
    preset: wishes.preset ?? (wishes.weights ? null : policy.preset),
    quorum:
      wishes.quorum === undefined ? policy.quorum : { at: Math.min(wishes.quorum, quoting(expected)), strict: true },
    allowPartial: wishes.allowPartial ?? policy.allowPartial,
    ...(wishes.split ? { split: wishes.split } : {}),
    expected,
  };
}

/** Of those that may be asked the ones that the caller named; all, where none was. */
export const wantedOf = (candidates: readonly Candidate[], named: CreateRoute['providers']): readonly Candidate[] =>
  named === undefined ? candidates : candidates.filter(({ id }) => named.includes(id));

/** What is not wished for is not there, so that a policy without is the one it always was. */
const wishOfHistory = (historyWeight: number, priceCheck: boolean): Pick<Policy, 'historyWeight' | 'priceCheck'> => ({
  ...(historyWeight > 0 ? { historyWeight } : {}),
  ...(priceCheck || historyWeight > 0 ? { priceCheck: true } : {}),
});

/** What is wrong with weights of which none counts: every provider would score the same. */
export const weightFaults = (weights: Weights): { pointer: string; detail: string }[] =>
  Object.values(weights).some((weight) => weight > 0)
    ? []
    : [{ pointer: '/weights', detail: 'at least one weight must be more than 0' }];

const quoting = (asked: readonly { linkOnly: boolean }[]): number =>
  Math.max(1, asked.filter(({ linkOnly }) => !linkOnly).length);

const boostOf = (id: ProviderId, values: InForce): number => (values[boostVariable(cardOf(id))] ? DIRECT_BOOST : 0);

function expected(
  candidate: Candidate,
  items: CreateRoute['items'],
  values: InForce,
  recent: TrackRecord = { answers: 0, usable: 0, seen: null },
): ExpectedProvider {
  const reliability = (recent.usable + PRIOR.usable) / (recent.answers + PRIOR.answers);
  return {
    ...candidate,
    boost: boostOf(candidate.id, values),
    reliability: Math.round(reliability * 1e4) / 1e4,
    seen: recent.seen?.(items) ?? null,
  };
}

/** In force for a route whose caller has no wish. Pure. */
export const operatorsWeights = (values: InForce): Weights => weightsFor(values.LOOPGPT_PRESET, weightsSetBy(values));

/** The later act wins: a preset that was set while running goes over the environment's weights, a weight set so over any preset. */
function weightsSetBy(values: InForce): Partial<Weights> {
  const configured = {
    priority: values.LOOPGPT_SCORE_PRIORITY_WEIGHT,
    price: values.LOOPGPT_SCORE_PRICE_WEIGHT,
    speed: values.LOOPGPT_SCORE_SPEED_WEIGHT,
    commission: values.LOOPGPT_SCORE_COMMISSION_WEIGHT,
    availability: values.LOOPGPT_SCORE_AVAILABILITY_WEIGHT,
    reliability: values.LOOPGPT_SCORE_RELIABILITY_WEIGHT,
  };
  const isSet = (factor: string) => values.set?.has(`LOOPGPT_SCORE_${factor.toUpperCase()}_WEIGHT`) ?? false;
  const single = Object.fromEntries(Object.entries(configured).filter(([factor]) => isSet(factor)));
  return values.set?.has('LOOPGPT_PRESET') ? single : { ...ownWeights(configured), ...single };
}
