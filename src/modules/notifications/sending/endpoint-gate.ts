/** Attempts at one endpoint that may run at once in this process. */
export const MAX_IN_FLIGHT = 4;
/** Nobody is sent away for longer than this, so that a receiver that recovers is soon found. */
const MAX_WAIT_MS = 60_000;
const MIN_ATTEMPT_MS = 20;
/** So many different messages failing in a row, and nobody is let in for a while; then one finds out. */
const TRIP_AFTER = 5;
const MIN_OPEN_MS = 1000;
/** How long a receiver that answers nobody is remembered after it was last tried. */
const KEPT_MS = 600_000;
/** Beyond this many remembered endpoints, those with nothing to remember are forgotten. */
const SWEEP_AT = 1000;

interface Lane {
  /** Deliveries being attempted, with when each was let in. */
  running: Map<string, number>;
  /** Attempts that may run at once: one after a failure, one more with each success. */
  limit: number;
  /** Smoothed duration of an attempt. */
  averageMs: number;
  /** When the next attempt that is sent away may come back: each is given a moment of its own. */
  nextSlotAt: number;
  pausedUntil: number;
  /** What has failed since the last success, up to TRIP_AFTER of them. */
  failed: Set<string>;
  /** How long the breaker stays open next time. */
  openMs: number;
}

/**
 * Bounds how many attempts run at one endpoint, so that a slow receiver fills its own few slots and never the workers' (and is not
 * trampled when it recovers). Whoever finds no slot is told when to come back: in the order of asking, spaced by how long attempts
 * take there, those still running included, so that a long backlog does not knock again and again. After a failure one attempt at a time feels its way; each
 * success lets one more run, so that a receiver that has just recovered meets a ramp and not its whole backlog. When five different
 * messages have failed in a row the gate is closed, for a second and then twice as long each time up to a minute, with one attempt in
 * between to find out: what waits meanwhile uses up none of its attempts.
 */
export class EndpointGate {
  private readonly lanes = new Map<string, Lane>();
  private sweepAt = SWEEP_AT;

  constructor(
    private readonly maxInFlight = MAX_IN_FLIGHT,
    private readonly nowMs: () => number = () => performance.now(),
    private readonly random: () => number = Math.random,
  ) {}

  /** 0: come in, and `leave` afterwards. Otherwise the ms after which to ask again. */
  enter(endpointId: string, deliveryId: string): number {
    const lane = this.lane(endpointId);
    const now = this.nowMs();
    if (lane.running.size < lane.limit && lane.pausedUntil <= now && !lane.running.has(deliveryId)) {
      lane.running.set(deliveryId, now);
      return 0;
    }
    const open = Math.max(now, lane.pausedUntil);
    const lastsMs = expectedMs(lane, now);
    const slotAt = Math.max(lane.nextSlotAt, open + lastsMs) + lastsMs / lane.limit;
    // Past the longest wait there are no moments left to give; those behind are spread over its later half and ask again.
    if (slotAt > open + MAX_WAIT_MS) return Math.ceil(open - now + MAX_WAIT_MS * (0.5 + 0.5 * this.random()));
    lane.nextSlotAt = slotAt;
    return Math.ceil(slotAt - now);
  }

  /** `delivered` is null when nothing was sent. */
  leave(endpointId: string, deliveryId: string, delivered: boolean | null): void {
    const lane = this.lane(endpointId);
    const now = this.nowMs();
    const durationMs = now - (lane.running.get(deliveryId) ?? now);
    lane.running.delete(deliveryId);
    if (delivered !== null) lane.limit = delivered ? Math.min(this.maxInFlight, lane.limit + 1) : 1;
    if (delivered === true) Object.assign(lane, { failed: new Set(), openMs: MIN_OPEN_MS });
    if (delivered === false) this.failed(lane, deliveryId);
    lane.averageMs = Math.max(MIN_ATTEMPT_MS, lane.averageMs * 0.7 + durationMs * 0.3);
  }

  private failed(lane: Lane, deliveryId: string): void {
    if (lane.failed.size < TRIP_AFTER) lane.failed.add(deliveryId);
    if (lane.failed.size < TRIP_AFTER) return;
    lane.pausedUntil = Math.max(lane.pausedUntil, this.nowMs() + lane.openMs);
    lane.openMs = Math.min(MAX_WAIT_MS, 2 * lane.openMs);
  }

  /** Lets nobody in for a while: the receiver asked for it. */
  pause(endpointId: string, ms: number): void {
    const lane = this.lane(endpointId);
    lane.pausedUntil = Math.max(lane.pausedUntil, this.nowMs() + ms);
  }

  private lane(endpointId: string): Lane {
    let lane = this.lanes.get(endpointId);
    if (!lane) {
      if (this.lanes.size >= this.sweepAt) this.sweep();
      lane = {
        running: new Map<string, number>(),
        limit: this.maxInFlight,
        averageMs: MIN_ATTEMPT_MS,
        nextSlotAt: 0,
        pausedUntil: 0,
        failed: new Set<string>(),
        openMs: MIN_OPEN_MS,
      };
      this.lanes.set(endpointId, lane);
    }
    return lane;
  }

  private sweep(): void {
    const now = this.nowMs();
    for (const [id, lane] of this.lanes) {
      const keptUntil = lane.failed.size < TRIP_AFTER ? lane.pausedUntil : lane.pausedUntil + KEPT_MS;
      if (lane.running.size === 0 && lane.nextSlotAt <= now && keptUntil <= now) this.lanes.delete(id);
    }
    this.sweepAt = Math.max(SWEEP_AT, 2 * this.lanes.size);
  }
}

/**
 * How long an attempt takes there, in ms. An attempt that hangs tells so long before it ends: believed to be as quick as those
 * before it, a receiver that begins to hang would be knocked at by its whole backlog some hundred times a second.
 */
function expectedMs({ running, averageMs }: Lane, now: number): number {
  let sum = 0;
  for (const startedAt of running.values()) sum += now - startedAt;
  return running.size === 0 ? averageMs : Math.max(averageMs, sum / running.size);
}
