import type { Client } from 'pg';
import { recordFaults, recordOf, type Recorded } from '../../src/modules/routing/deciding/decision-record.js';
import type { Receiver } from '../../test/support/receiver.js';
import type { Evidence, Finding } from './evidence.js';

const GRACE_MS = 500;
const RECOVERY_MS = 2000;
const MEMORY_CEILING_MIB = 700;

export interface Surroundings {
  database: Client;
  /** By tenant. */
  receivers: ReadonlyMap<string, Receiver>;
  /** Nonces of all that the simulator answered, and its calls in order. */
  calls: readonly { at: string; nonce: string }[];
  /** Nothing that leaves may hold one of these. */
  secrets: readonly string[];
  everyRow: string;
  /** Outcomes before and after dead letters were redriven twice. */
  redriven: { before: string; after: string };
  /** Attempts that a provider is asked with for one quote, at most. */
  attempts: number;
}

interface Row extends Recorded {
  status: string;
  deadlineAt: Date;
  events: { name: string; data: string }[];
}

/** Holds all that was seen against the rows: one finding for each invariant of ARCHITECTURE.md. */
export async function findings(seen: Evidence, around: Surroundings): Promise<Finding[]> {
  const ids = seen.accepted.map(({ id }) => id);
  const rows = await routesOf(around.database, ids);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const closed = rows.filter(({ status }) => status !== 'open');
  const decided = closed.filter(({ outcome }) => outcome !== null);
  const quotes = rows.flatMap(({ id, tenantId, answers }) => answers.map((answer) => ({ id, tenantId, answer })));
  const given = new Set(around.calls.map(({ nonce }) => nonce));
  return [
    finding('I1', 'every 202 has a row', ids, (id) => byId.has(id) || id),
    finding(
      'I2',
      'exactly one terminal state, announced once',
      closed,
      ({ id, events }) => events.length === 1 || `${id} has ${events.length} closing events`,
    ),
    finding('I3', 'closed by its deadline, or soon after an outage', closed, (row) => onTime(row, seen.outages)),
    finding(
      'I4',
      'the outcome follows from the stored answers and policy',
      decided,
      (row) => recordFaults(recordOf(row)).map((fault) => `${row.id}: ${fault}`)[0] ?? true,
    ),
    finding('I5', 'one quote for each provider that was asked', rows, ({ id, answers, policy }) => {
      const told = answers.map(({ providerId }) => providerId);
      const asked = new Set(policy.expected.map((provider) => provider.id));
      return (new Set(told).size === told.length && told.every((provider) => asked.has(provider))) || id;
    }),
    finding('I6', 'every stored quote was given by a provider', quotes, ({ id, answer }) => {
      const reference = answer.result.ok ? (answer.result.offer.providerReference ?? null) : null;
      return reference === null || given.has(reference) || `${id} holds ${reference}`;
    }),
    finding(
      'I7',
      'providers are asked no more than attempts and kills allow',
      await callCounts(around.database, ids),
      (row) =>
        row.calls <= around.attempts * row.lines + seen.kills || `${row.id} asked ${row.provider} ${row.calls} times`,
    ),
    deliveries(seen, around, byId),
    finding('I9', 'one key and one body give one answer, another body 422', seen.replays, (replay) =>
      replay.sameBody
        ? replay.id === replay.firstId ||
          replay.status >= 500 ||
          replay.status === 409 ||
          `${replay.firstId} became ${replay.id}`
        : replay.status === 422 ||
          replay.status >= 500 ||
          replay.status === 409 ||
          `${replay.firstId} took another body with ${replay.status}`,
    ),
    finding(
      'I10',
      'nothing of one tenant reaches another',
      seen.strangers,
      ({ id, status }) => status === 404 || status >= 500 || `${id} answered a stranger with ${status}`,
    ),
    finding('I11', 'reads never go back', [...seen.polled], ([id, statuses]) => {
      const firstClosed = statuses.findIndex((status) => status !== 'open');
      const after = firstClosed < 0 ? [] : statuses.slice(firstClosed);
      return new Set(after).size <= 1 || `${id} was read as ${statuses.join(', ')}`;
    }),
    finding(
      'I12',
      'nothing is stuck',
      await stuck(around.database),
      ({ what, count }) => count === 0 || `${count} ${what}`,
    ),
    finding(
      'I13',
      'no secret in rows, jobs, events and logs',
      around.secrets,
      (secret) =>
        !(around.everyRow.includes(secret) || seen.logs.some((line) => line.includes(secret))) ||
        `${secret.slice(0, 12)}… was found`,
    ),
    finding(
      'I15',
      'refused before accepting, and memory has a ceiling',
      [...seen.refusals, ...seen.memoryMiB],
      (one) =>
        Array.isArray(one)
          ? one[1] <= MEMORY_CEILING_MIB || `${one[0]} grew to ${one[1]} MiB`
          : ((one.status === 503 || one.status === 429) && one.retryAfter) ||
            `refused with ${one.status}${one.retryAfter ? '' : ' and no Retry-After'}`,
    ),
    finding(
      'I17',
      'redriving changes nothing',
      [around.redriven],
      ({ before, after }) => before === after || 'outcomes differ',
    ),
    finding(
      'cancelled',
      'nothing decided of what the caller cancelled',
      seen.accepted.filter(({ cancelledAt }) => cancelledAt !== null),
      ({ id }) => byId.get(id)?.status === 'cancelled' || `${id} is ${byId.get(id)?.status}`,
    ),
  ];
}

function finding<T>(
  invariant: string,
  about: string,
  things: readonly T[],
  judge: (thing: T) => string | boolean,
): Finding {
  const faults = things.flatMap((thing) => {
    const verdict = judge(thing);
    return verdict === true ? [] : [verdict === false ? 'it does not hold' : verdict];
  });
  return { invariant, about, checked: things.length, faults };
}

/** By its deadline and half a second; within two seconds of recovery where its last moments fell into an outage. */
function onTime({ id, deadlineAt, closedAt }: Row, outages: Evidence['outages']): true | string {
  const late = closedAt.getTime() - deadlineAt.getTime();
  if (late <= GRACE_MS) return true;
  const excused = outages.some(
    ({ from, to }) =>
      from <= deadlineAt.getTime() + GRACE_MS && closedAt.getTime() <= to + RECOVERY_MS && to >= deadlineAt.getTime(),
  );
  return excused || `${id} closed ${Math.round(late)} ms after its deadline`;
}

function deliveries(seen: Evidence, { receivers }: Surroundings, byId: ReadonlyMap<string, Row>): Finding {
  const told = new Map<string, { ids: Set<string>; bodies: Set<string>; tenants: Set<string> }>();
  for (const [tenant, receiver] of receivers) {
    for (const { headers, body } of receiver.received) {
      const event = JSON.parse(body) as { type: string; data: { id?: string } };
      if (!event.type.startsWith('route.') || !event.data.id) continue;
      const one = told.get(event.data.id) ?? { ids: new Set(), bodies: new Set(), tenants: new Set() };
      one.ids.add(headers['webhook-id'] ?? '');
      one.bodies.add(body);
      one.tenants.add(tenant);
      told.set(event.data.id, one);
    }
  }
  return finding(
    'I8',
    'webhooks at least once, to their tenant, under one id and with the same bytes',
    seen.accepted,
    ({ id, tenant }) => {
      if (byId.get(id) === undefined) return true; // told by I1
      const one = told.get(id);
      if (!one) return `${id} never reached its webhook`;
      if (one.ids.size > 1 || one.bodies.size > 1)
        return `${id} came under ${one.ids.size} ids with ${one.bodies.size} bodies`;
      return (one.tenants.size === 1 && one.tenants.has(tenant)) || `${id} reached another tenant`;
    },
  );
}

async function routesOf(database: Client, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await database.query<Row>(
    `SELECT r.id, r.tenant_id AS "tenantId", r.status, r.request, r.policy, r.outcome, r.created_at AS "createdAt", r.closed_at AS "closedAt",
       r.deadline_at AS "deadlineAt",
       COALESCE((SELECT jsonb_agg(jsonb_build_object('providerId', q.provider_id, 'result', q.result, 'latencyMs', q.latency_ms,
         'atMs', extract(epoch FROM q.received_at - r.created_at) * 1000, 'late', q.late) ORDER BY q.provider_id)
         FROM quotes q WHERE q.route_id = r.id), '[]') AS answers,
       COALESCE((SELECT jsonb_agg(jsonb_build_object('name', e.name)) FROM events e
         WHERE e.subject = r.id AND e.name IN ('route.decided', 'route.failed', 'route.cancelled')), '[]') AS events
     FROM routes r WHERE r.id = ANY($1)`,
    [ids],
  );
  return rows;
}

async function callCounts(
  database: Client,
  ids: readonly string[],
): Promise<{ id: string; provider: string; calls: number; lines: number }[]> {
  const { rows } = await database.query<{ id: string; provider: string; calls: number; lines: number }>(
    `SELECT q.route_id AS id, q.provider_id AS provider, q.calls, jsonb_array_length(r.request->'items') + 4 AS lines
     FROM quotes q JOIN routes r ON r.id = q.route_id WHERE q.route_id = ANY($1)`,
    [ids],
  );
  return rows;
}

async function stuck(database: Client): Promise<{ what: string; count: number }[]> {
  const { rows } = await database.query<{ what: string; count: number }>(`
    SELECT 'routes open past their deadline' AS what, count(*)::int FROM routes WHERE status = 'open' AND deadline_at < clock_timestamp()
    UNION ALL SELECT 'events not published', count(*)::int FROM events WHERE published_at IS NULL
    UNION ALL SELECT 'spilled records not taken', count(*)::int FROM spilled_events
    UNION ALL SELECT 'dead letters without a reason', count(*)::int FROM dead_letters WHERE reason IS NULL OR reason = ''`);
  return rows;
}
