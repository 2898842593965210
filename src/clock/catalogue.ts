/** Longest a round may take before it is given up: some statements, each bounded by the database's own limits. */
const BOUND_MS = 15_000;

/** TABLE of what runs by itself: how often, where, and what for. Every loop of the product is a row. */
export const LOOPS = {
  'operations.sweep': {
    everyMs: 250,
    role: 'any',
    about:
      'End what is past its deadline, or whose caller’s time is up; looks ahead, and is back at the moment itself.',
  },
  'operations.relay': { everyMs: 1000, role: 'any', about: 'Have the jobs of what is open run again that were lost.' },
  'operations.count': { everyMs: 500, role: 'any', about: 'Count what is open, to refuse before accepting too much.' },
  'operations.measure': { everyMs: 2000, role: 'api', about: 'Measure how fast what is open is done.' },
  'routes.look': {
    everyMs: 1000,
    role: 'aggregator',
    about: 'Decide routes whose answers two instances stored at once.',
  },
  'experiments.judge': {
    everyMs: 10_000,
    role: 'aggregator',
    about: 'Count what becomes of an experiment’s routes, and stop an arm that does harm.',
  },
  'track_records.refresh': { everyMs: 10_000, role: 'api', about: 'Read how each provider answered lately.' },
  'providers.probe': { everyMs: 10_000, role: 'quotes', about: 'Try providers that nobody has heard of for a while.' },
  'quotes.warm': {
    everyMs: 30_000,
    role: 'quotes',
    about: 'Ask for quotes that will likely be wanted before they are forgotten.',
    boundMs: 120_000,
  },
  'webhook.relay': { everyMs: 2000, role: 'notifier', about: 'Give a job to deliveries that are due and have none.' },
  'live.reading': { everyMs: 250, role: 'api', about: 'Read new events for who follows them.' },
  'gateway.reading': { everyMs: 500, role: 'api', about: 'Read new events for clients of the former gateway.' },
  'outbox.relay': { everyMs: 500, role: 'any', about: 'Put committed event rows on the bus.', boundMs: 60_000 },
  'spill.drain': {
    everyMs: 1000,
    role: 'any',
    about: 'Hand over what was kept while the bus was away.',
    boundMs: 60_000,
  },
  'processes.seen': {
    everyMs: 10_000,
    role: 'any',
    about: 'Say that this process runs, for who starts after a crash.',
  },
  'price_watches.tell': {
    everyMs: 2000,
    role: 'aggregator',
    about: 'Tell what crossed its line in quiet hours that are over.',
  },
  'prices.months': {
    everyMs: 60_000,
    role: 'aggregator',
    about: 'Make the months of prices to come, drop those not kept.',
  },
  'clearances.refresh': {
    everyMs: 60_000,
    role: 'quotes',
    about: 'Ask again what shops clear where somebody watches prices or areas, within the calls of the day.',
    boundMs: 120_000,
  },
  'words.kept': {
    everyMs: 60_000,
    role: 'planner',
    about: 'Count which lines of carts stand a day later as they were read.',
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
