import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../../common/canonical-json.js';
import { ProviderId, QuoteResult } from '../../providers/provider.js';
import { buildOutcome } from './outcome.js';
import { Outcome, Policy, POLICY_VERSION, type Answer } from './policy.js';
import { decide } from './quorum.js';

/**
 * A decision with all it was made from, so that whoever holds it can make it again: the frozen policy, the answers that came in time and
 * the outcome. Each answer's hash is chained to those before it, the first to the policy, so none can be left out, added or moved. Pure.
 */
export const RECORD_FORMAT = 'loopgpt-decision-record/1';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

export const DecisionRecord = z
  .object({
    format: z.literal(RECORD_FORMAT),
    routeId: z.string(),
    tenantId: z.string(),
    acceptedAt: z.iso.datetime(),
    decidedAt: z.iso.datetime(),
    /** Of the items and the address, which the record does not repeat. */
    requestSha256: Hash,
    policy: Policy,
    answers: z.array(
      z.object({
        /** Of `answer` in canonical JSON (RFC 8785). */
        sha256: Hash,
        /** Of the link before and `sha256`, both in hexadecimal; before the first stands the hash of the policy. */
        link: Hash,
        answer: z.object({ providerId: ProviderId, result: QuoteResult, latencyMs: z.number(), atMs: z.number() }),
      }),
    ),
    /** The last link: with it, no answer can be left out at the end either. */
    head: Hash,
    outcome: Outcome,
  })
  .meta({ id: 'DecisionRecord' });
export type DecisionRecord = z.infer<typeof DecisionRecord>;

export const SignedRecord = z
  .object({
    record: DecisionRecord,
    /** JWS with detached content (RFC 7515 appendix F) over `record` in canonical JSON; its key is in /.well-known/jwks.json. */
    signature: z.string(),
  })
  .meta({ id: 'SignedDecisionRecord' });
export type SignedRecord = z.infer<typeof SignedRecord>;

export interface Recorded {
  id: string;
  tenantId: string;
  createdAt: Date;
  closedAt: Date;
  request: unknown;
  policy: Policy;
  answers: readonly Answer[];
  outcome: Outcome;
}

export function recordOf(route: Recorded): DecisionRecord {
  let link = hash(route.policy);
  const answers = route.answers
    .filter(({ late }) => !late)
    .map(({ late: _late, ...answer }) => {
      const sha256 = hash(answer);
      link = linked(link, sha256);
      return { sha256, link, answer };
    });
  return {
    format: RECORD_FORMAT,
    routeId: route.id,
    tenantId: route.tenantId,
    acceptedAt: route.createdAt.toISOString(),
    decidedAt: route.closedAt.toISOString(),
    requestSha256: hash(route.request),
    policy: route.policy,
    answers,
    head: link,
    outcome: route.outcome,
  };
}

/** What in a record does not hold, one plain sentence each; none when it proves its outcome. */
export function recordFaults(record: DecisionRecord): string[] {
  return [...linkFaults(record), ...outcomeFaults(record)];
}

function linkFaults({ policy, answers, head }: DecisionRecord): string[] {
  let before = hash(policy);
  const faults = answers.flatMap(({ sha256, link, answer }) => {
    const follows = link === linked(before, sha256);
    before = link;
    return [
      ...(sha256 === hash(answer) ? [] : [`the answer of ${answer.providerId} is not the one that was hashed`]),
      ...(follows ? [] : [`the answer of ${answer.providerId} does not follow what is before it`]),
    ];
  });
  return before === head ? faults : [...faults, 'the last answer is not the last link'];
}

function outcomeFaults({ policy, answers, outcome, decidedAt }: DecisionRecord): string[] {
  if (policy.version !== POLICY_VERSION) {
    return [
      `it was decided by the rules ${policy.version} and these are ${POLICY_VERSION}: use the release that has them`,
    ];
  }
  const stored = answers.map(({ answer }) => ({ ...answer, late: false }));
  // Only that time was up cannot be told from the answers; it is taken to be so where the record says that it closed the route.
  const decision = decide(policy, stored, { decidedAt, deadlinePassed: outcome.rule === 'deadline' });
  if (decision.kind === 'wait') return ['it should not have been decided yet'];
  if (decision.rule !== outcome.rule) return [`it was ripe by the rule ${decision.rule}, not ${outcome.rule}`];
  const again = buildOutcome(policy, stored, decision, outcome.decidedAfterMs);
  const differing = Object.keys({ ...outcome, ...again }).filter(
    (part) => canonicalJson(outcome[part as keyof Outcome]) !== canonicalJson(again[part as keyof Outcome]),
  );
  return differing.map((part) => `deciding again gives another ${part}`);
}

const hash = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
const linked = (before: string, sha256: string): string =>
  createHash('sha256')
    .update(before + sha256)
    .digest('hex');
