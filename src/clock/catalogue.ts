/** Longest a round may take before it is given up: some statements, each bounded by the database's own limits. */
const BOUND_MS = 15_000;

/** TABLE of what runs by itself: how often, where, and what for. Every loop of the product is a row. */
export const LOOPS = {
  'deadline.sweep': { everyMs: 25, role: 'aggregator', about: 'Close routes that are past their deadline.' },
  'dispatch.relay': {
    everyMs: 1000,
    role: 'aggregator',
    about: 'Have the jobs of open routes run again that were lost.',
  },
  'track_records.refresh': { everyMs: 10_000, role: 'api', about: 'Read how each provider answered lately.' },
  'admission.sample': { everyMs: 500, role: 'api', about: 'Count open routes, to refuse before accepting too many.' },
  'admission.pace': { everyMs: 2000, role: 'api', about: 'Measure how fast routes are decided.' },
  'plans.sweep': { everyMs: 100, role: 'planner', about: 'End plans that are past their deadline.' },
  'plans.relay': { everyMs: 1000, role: 'planner', about: 'Have the jobs of open plans run again that were lost.' },
  'plans.load': { everyMs: 2000, role: 'api', about: 'Measure how many plans wait and how fast they are made.' },
  'webhook.relay': { everyMs: 2000, role: 'notifier', about: 'Give a job to deliveries that are due and have none.' },
  'live.reading': { everyMs: 250, role: 'api', about: 'Read new events for who follows them.' },
  'outbox.relay': { everyMs: 250, role: 'any', about: 'Put committed event rows on the bus.', boundMs: 60_000 },
  'spill.drain': {
    everyMs: 200,
    role: 'any',
    about: 'Hand over what was kept while the bus was away.',
    boundMs: 60_000,
  },
  'clock.measure': { everyMs: 10_000, role: 'any', about: 'Ask PostgreSQL what time it is.' },
  'switches.refresh': { everyMs: 2000, role: 'any', about: 'Read what operators set.' },
  'rate_limit.sharing': { everyMs: 250, role: 'any', about: 'Tell other processes how much each tenant asked.' },
  'cache.sweep': { everyMs: 60_000, role: 'any', about: 'Forget expired rows of the cache in PostgreSQL.' },
  'retention.sweep': { everyMs: 60_000, role: 'aggregator', about: 'Forget what is older than it has to be kept.' },
} as const satisfies Record<string, LoopRow>;

interface LoopRow {
  everyMs: number;
  role: 'api' | 'quotes' | 'aggregator' | 'planner' | 'notifier' | 'any';
  about: string;
  boundMs?: number;
}

export type LoopName = keyof typeof LOOPS;

export const boundOf = (name: LoopName): number => (LOOPS[name] as LoopRow).boundMs ?? BOUND_MS;

/** A loop without a good round for this long is dead, whatever else seems well. */
export const deadAfterMs = (name: LoopName): number => boundOf(name) + 2 * LOOPS[name].everyMs;
