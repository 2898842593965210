import { rowsOf } from './stores.js';
import type { Receiver } from './receiver.js';

export interface Submitted {
  id: string;
}

/**
 * Checks the invariants over every accepted route: I1 each has a row, I2 exactly one terminal state and one announcing event, I3 on
 * time, I5 one quote per provider, I6 each stored quote was given by the simulator, I12 nothing stuck. Answers the faults found.
 */
export async function checkLedger(
  adminUrl: string,
  submitted: readonly Submitted[],
  options: { graceMs: number; given?: ReadonlySet<string> },
): Promise<string[]> {
  const ids = submitted.map(({ id }) => id);
  const routes = await rowsOf<{ id: string; status: string; lateByMs: number | null; events: number }>(
    adminUrl,
    `SELECT r.id, r.status, extract(epoch FROM r.closed_at - r.deadline_at)::float8 * 1000 AS "lateByMs",
       (SELECT count(*)::int FROM events e WHERE e.subject = r.id) AS events
     FROM routes r WHERE r.id = ANY($1)`,
    [ids],
  );
  const quotes = await rowsOf<{ routeId: string; reference: string | null }>(
    adminUrl,
    `SELECT route_id AS "routeId", result->'offer'->>'providerReference' AS reference FROM quotes
     WHERE route_id = ANY($1) AND (result->>'ok')::boolean`,
    [ids],
  );
  const known = new Set(routes.map((route) => route.id));
  return [
    ...ids.filter((id) => !known.has(id)).map((id) => `I1 ${id} was accepted and has no row`),
    ...routes.filter((route) => route.status === 'open').map((route) => `I12 ${route.id} is still open`),
    ...routes.filter((route) => route.events !== 1).map((route) => `I2 ${route.id} has ${route.events} closing events`),
    ...routes
      .filter((route) => route.lateByMs !== null && route.lateByMs > options.graceMs)
      .map((route) => `I3 ${route.id} closed ${Math.round(route.lateByMs!)} ms after its deadline`),
    ...quotes
      .filter(({ reference }) => options.given && reference !== null && !options.given.has(reference))
      .map(({ routeId, reference }) => `I6 ${routeId} holds a quote ${reference} that nobody gave`),
  ];
}

/** An attempt whose process was killed before it sent anything is made again after its lease of 25 s. */
const DELIVERY_MS = 35_000;

/** I8: every closed route reached its webhook at least once, and a repeated message had the same id and the same bytes. */
export async function checkDeliveries(receiver: Receiver, submitted: readonly Submitted[]): Promise<string[]> {
  // By subject, for a repeated message makes up for none that is missing; what is missing in the end is named below.
  const toldOf = () =>
    new Set(receiver.received.map(({ body }) => (JSON.parse(body) as { data: { id: string } }).data.id));
  const until = performance.now() + DELIVERY_MS;
  while (submitted.some(({ id }) => !toldOf().has(id)) && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const bodies = new Map<string, Set<string>>();
  const ids = new Map<string, Set<string>>();
  for (const { headers, body } of receiver.received) {
    const subject = (JSON.parse(body) as { data: { id: string } }).data.id;
    ids.set(subject, (ids.get(subject) ?? new Set()).add(headers['webhook-id']!));
    bodies.set(subject, (bodies.get(subject) ?? new Set()).add(body));
  }
  return submitted.flatMap(({ id }) => {
    if (!ids.has(id)) return [`I8 ${id} never reached its webhook`];
    const differing = ids.get(id)!.size > 1 || bodies.get(id)!.size > 1;
    return differing
      ? [`I8 ${id} was delivered under ${ids.get(id)!.size} ids with ${bodies.get(id)!.size} bodies`]
      : [];
  });
}
