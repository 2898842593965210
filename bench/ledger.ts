/** What was promised against what was stored. Pure. */

/** One accepted route as its system stored it. */
export interface StoredRoute {
  id: string;
  /** How many terminal rows it has; one is right. */
  terminals: number;
  /** When the transaction that closed it was committed, epoch ms on the database's clock; null while it is open. */
  closedAtMs: number | null;
  /** Every awaited provider gave a quote and all were counted. */
  complete: boolean;
  /** The providers' own ids of the quotes that were decided from. */
  references: string[];
}

/**
 * The faults of one step, in sentences; none when every id answered by a 202 has exactly one terminal row and nothing else has.
 * At most a few of each kind are named.
 */
export function ledgerFaults(acceptedIds: readonly string[], stored: readonly StoredRoute[]): string[] {
  const accepted = new Set(acceptedIds);
  const rows = new Map(stored.map((route) => [route.id, route]));
  return [
    ...told('ids were given out twice', acceptedIds.length === accepted.size ? [] : repeated(acceptedIds)),
    ...told(
      'accepted and not stored',
      [...accepted].filter((id) => !rows.has(id)),
    ),
    ...told(
      'accepted and never closed',
      [...accepted].filter((id) => rows.get(id)?.terminals === 0),
    ),
    ...told(
      'closed more than once',
      stored.filter(({ terminals }) => terminals > 1).map(({ id }) => id),
    ),
    ...told(
      'stored without a 202',
      stored.filter(({ id }) => !accepted.has(id)).map(({ id }) => id),
    ),
  ];
}

const NAMED = 3;

function told(what: string, ids: readonly string[]): string[] {
  return ids.length === 0
    ? []
    : [`${ids.length} ${what}: ${ids.slice(0, NAMED).join(', ')}${ids.length > NAMED ? ', …' : ''}`];
}

function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.has(id) || !seen.add(id));
}
