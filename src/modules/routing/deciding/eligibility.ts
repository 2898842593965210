import type { LinkOffer, ProviderId, Quote, QuoteFailure } from '../../providers/provider.js';
import { isServed } from './contender.js';
import type { Answer, EXCLUSION_REASONS, ExpectedProvider, Policy } from './policy.js';

/** The only currency in which carts are compared; a quote in another one is excluded, whatever the others say. */
export const COMPARED_CURRENCY = 'USD';

export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

type Known<T> = T & { providerId: ProviderId; latencyMs: number };

/** The answers of a route sorted by what they are good for, each list in the order of the provider ids. */
export interface Judged {
  usable: Known<{ quote: Quote }>[];
  excluded: Known<{ reason: ExclusionReason }>[];
  failed: Known<{ failure: QuoteFailure }>[];
  links: Known<{ link: LinkOffer }>[];
  /** Awaited and not heard of yet. */
  outstanding: ExpectedProvider[];
}

/**
 * Sorts the answers that came in time, as of `decidedAt` on the database's clock. The answers are a set: their order does not matter,
 * a repeated one counts once (the first stored), and those of providers that were not asked are ignored.
 */
export function judge(policy: Policy, answers: readonly Answer[], decidedAt: string): Judged {
  const expected = new Map(policy.expected.map((provider) => [provider.id, provider]));
  const inTime = firstPerProvider(answers.filter((answer) => !answer.late && expected.has(answer.providerId)));
  const judged: Judged = {
    usable: [],
    excluded: [],
    failed: [],
    links: [],
    outstanding: policy.expected.filter(({ id, linkOnly }) => !linkOnly && !inTime.has(id)).sort(byId),
  };
  for (const { providerId, latencyMs, result } of [...inTime.values()].sort(byProvider)) {
    const who = { providerId, latencyMs };
    if (!result.ok) {
      judged.failed.push({ ...who, failure: result.failure });
      continue;
    }
    if (result.offer.kind === 'link' && !hasExpired(result.offer.expiresAt, decidedAt)) {
      judged.links.push({ ...who, link: result.offer });
    }
    const reason = exclusion(policy, expected.get(providerId)!, result.offer, decidedAt);
    if (reason !== null) judged.excluded.push({ ...who, reason });
    else if (result.offer.kind === 'quote') judged.usable.push({ ...who, quote: result.offer });
  }
  return judged;
}

function exclusion(
  policy: Policy,
  provider: ExpectedProvider,
  offer: Quote | LinkOffer,
  decidedAt: string,
): ExclusionReason | null {
  if (provider.linkOnly || offer.kind === 'link') return 'link_only';
  if (offer.currency !== COMPARED_CURRENCY) return 'wrong_currency';
  if (hasExpired(offer.expiresAt, decidedAt)) return 'expired';
  if (!offer.lines.some(isServed)) return 'nothing_matched';
  if (!policy.allowPartial && !(offer.status === 'complete' && offer.lines.every(isServed))) return 'partial_refused';
  return null;
}

const hasExpired = (expiresAt: string | null, now: string): boolean =>
  expiresAt !== null && Date.parse(expiresAt) <= Date.parse(now);

function firstPerProvider(answers: readonly Answer[]): Map<ProviderId, Answer> {
  const first = new Map<ProviderId, Answer>();
  for (const answer of answers) {
    const known = first.get(answer.providerId);
    if (!known || answer.atMs < known.atMs) first.set(answer.providerId, answer);
  }
  return first;
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
const byProvider = (a: Answer, b: Answer): number => (a.providerId < b.providerId ? -1 : 1);
