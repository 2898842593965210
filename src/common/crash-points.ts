/** Moments between two durable effects at which a crash must cost nothing. */
export const CRASH_POINTS = [
  'api.pre_commit',
  'api.post_commit',
  'api.pre_enqueue',
  'queue.bulk_added',
  'worker.pre_call',
  'worker.post_response',
  'worker.post_produce',
  'aggregator.pre_tx',
  'aggregator.post_tx',
  'sweeper.pre_close',
  'outbox.post_publish',
  'notifier.pre_fan_out',
  'webhook.post_send',
] as const;
/** Of imports, which pass them and no others from the moment that they are accepted. */
export const IMPORT_CRASH_POINTS = [
  'import.picked_up',
  'import.read',
  'import.merged',
  'import.closed',
  'import.committed',
  'import.undone',
] as const;
/** Of words that are read. */
export const WORDS_CRASH_POINTS = ['words.picked_up', 'words.read', 'words.committed'] as const;
export type CrashPoint =
  (typeof CRASH_POINTS)[number] | (typeof IMPORT_CRASH_POINTS)[number] | (typeof WORDS_CRASH_POINTS)[number];

export interface CrashAt {
  point: CrashPoint;
  hit: number;
}

let armed: CrashAt | null = null;

/** `label:n`, as suites name a moment; null when it names none. */
export function crashAtOf(text: string): CrashAt | null {
  const [label, hit = '1', ...rest] = text.split(':');
  const point = [...CRASH_POINTS, ...IMPORT_CRASH_POINTS, ...WORDS_CRASH_POINTS].find((known) => known === label);
  return point && rest.length === 0 && /^[1-9]\d{0,5}$/.test(hit) ? { point, hit: Number(hit) } : null;
}

/** From now on the process ends itself at the n-th time it comes by, as kill -9 would. For suites alone: the configuration sees to it. */
export function armCrash(at: CrashAt): void {
  armed = { ...at };
}

/** Nothing, unless it is armed. */
export function crashPoint(point: CrashPoint): void {
  if (armed?.point !== point || --armed.hit > 0) return;
  process.kill(process.pid, 'SIGKILL');
  // A signal to oneself is delivered in a moment, and nothing may happen meanwhile.
  for (;;);
}
