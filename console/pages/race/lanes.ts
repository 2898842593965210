import type { Event, Outcome, Policy, ProviderId, Route } from '../../../sdk/client.js';
import { plainName } from '../../kit/language/provider-names.js';

/** What is known of one provider's answer. */
export interface Landing {
  /** How long the provider took. */
  ms: number;
  /** When it came, ms after the route was accepted. */
  atMs: number;
  kind: 'price' | 'link' | 'failed';
  totalCents: number | null;
  currency: string | null;
  reason: string | null;
  late: boolean;
  cached: boolean;
}

export interface Lane {
  id: ProviderId;
  name: string;
  landing: Landing | null;
}

export type Standing = 'waiting' | 'running' | 'landed' | 'won' | 'late' | 'link' | 'failed' | 'unanswered';

export type Entrant = Pick<Policy['expected'][number], 'id' | 'name'>;

/** What was told live of one answer; null for other events. */
export function heardOf(event: Event): { id: ProviderId; landing: Landing } | null {
  if (event.type !== 'route.quoted') return null;
  const told = event.data as {
    providerId: ProviderId;
    status: 'counted' | 'link' | 'failed';
    totalCents: number | null;
    currency: string | null;
    latencyMs: number;
    reason: string | null;
  };
  const kind = told.status === 'counted' ? 'price' : told.status;
  const { totalCents, currency, latencyMs, reason } = told;
  const landing = {
    ms: latencyMs,
    atMs: latencyMs,
    kind,
    totalCents,
    currency,
    reason,
    late: false,
    cached: false,
  } as const;
  return { id: told.providerId, landing };
}

/**
 * One lane for each who was asked, in one order whatever came first. What is stored is believed before what was told live. `askedAtMs`: when a
 * worker began to ask, after the route was accepted.
 */
export function lanesOf(
  entrants: readonly Entrant[],
  route: Route | null,
  heard: ReadonlyMap<ProviderId, Landing>,
  askedAtMs = 0,
): Lane[] {
  const stored = new Map<ProviderId, Landing>(
    (route?.quotes ?? []).map((quote) => [
      quote.providerId,
      {
        ms: quote.latencyMs,
        atMs: placeOf(quote.latencyMs + askedAtMs, quote.late, route?.outcome ?? null),
        kind: quote.status === 'link' || quote.status === 'failed' ? quote.status : 'price',
        totalCents: quote.totalCents,
        currency: quote.currency,
        reason: quote.reason,
        late: quote.late,
        cached: quote.cached ?? false,
      },
    ]),
  );
  const known = new Map(entrants.map(({ id, name }) => [id, name]));
  const ranked = [route?.outcome?.winner, ...(route?.outcome?.fallbacks ?? [])];
  for (const one of ranked) if (one) known.set(one.providerId, one.providerName);
  const raced = route?.outcome ? idsOf(route) : [...known.keys()];
  for (const id of [...heard.keys(), ...stored.keys()]) if (!raced.includes(id)) raced.push(id);
  return raced
    .sort()
    .map((id) => ({ id, name: known.get(id) ?? plainName(id), landing: stored.get(id) ?? heard.get(id) ?? null }));
}

/** Which came first, an answer or the decision, is known for sure; when to the millisecond is not. */
function placeOf(atMs: number, late: boolean, outcome: Outcome | null): number {
  if (!outcome) return atMs;
  return late ? Math.max(atMs, outcome.decidedAfterMs) : Math.min(atMs, outcome.decidedAfterMs);
}

const idsOf = ({ quotes, outcome }: Route): ProviderId[] => [
  ...new Set([...quotes.map(({ providerId }) => providerId), ...(outcome?.outstanding ?? [])]),
];

/** How a lane stands after `clockMs` of the race. */
export function standingOf({ id, landing }: Lane, clockMs: number, outcome: Outcome | null): Standing {
  const isDecided = outcome !== null && clockMs >= outcome.decidedAfterMs;
  if (!landing) return isDecided ? 'unanswered' : clockMs > 0 ? 'running' : 'waiting';
  if (clockMs < landing.atMs) return isDecided ? 'unanswered' : 'running';
  if (landing.kind !== 'price') return landing.kind;
  if (landing.late) return 'late';
  return isDecided && outcome.winner?.providerId === id ? 'won' : 'landed';
}

/** When there is nothing more to see, in ms after the start; null while it is not known. */
export function endOf(lanes: readonly Lane[], outcome: Outcome | null): number | null {
  if (!outcome) return null;
  return Math.max(outcome.decidedAfterMs, ...lanes.map(({ landing }) => landing?.atMs ?? 0));
}

const ROOM = 1.18;
const SHORTEST_MS = 100;
/** While nobody knows when it ends: about as long as it takes, so that the lanes grow and not the scale. */
const USUAL_MS = 1200;

/** How many ms the lanes are long: a little more than there is to see, so that nothing runs into the wall. */
export const lengthOf = (clockMs: number, endMs: number | null): number =>
  endMs === null ? Math.max(USUAL_MS, clockMs * ROOM) : Math.max(SHORTEST_MS, endMs * ROOM);

const STEPS = [1, 2, 5];

/** Three to six round moments on lanes of that length. */
export function ticksOf(lengthMs: number): number[] {
  const power = 10 ** Math.floor(Math.log10(lengthMs / 4));
  const step = power * (STEPS.find((one) => lengthMs / (one * power) <= 6) ?? 10);
  return Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, at) => at * step);
}
