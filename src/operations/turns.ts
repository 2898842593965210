import { weightOf, type Weights } from './fairness.js';

interface Turn {
  tenantId: string;
  cost: number;
  /** Where it stands in virtual time: behind all that its tenant has been given, by weight. */
  at: number;
  begin: () => void;
}

/**
 * Fair turns at what a process has little of, by tenant and by work: start-time fair queueing. Whose work was least so far goes next,
 * however many the others have waiting; a turn is never taken back. Pure but for the promises.
 */
export class Turns {
  private waiting: Turn[] = [];
  private taken = 0;
  private now = 0;
  private readonly ends = new Map<string, number>();
  private readonly under = new Map<string, number>();

  /** `room`: how much may be under way at once. `small`: who has nothing under way begins so much at once, beyond the room. */
  constructor(
    private readonly room: number,
    private readonly weights: Weights = new Map(),
    private readonly small = 0,
  ) {}

  /** Runs `work` at its turn. Rejects, without a turn, when `signal` aborts before it. */
  async run<T>(tenantId: string, cost: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const own = Math.min(Math.max(1, cost), this.room);
    await this.turn(tenantId, own, signal);
    try {
      return await work();
    } finally {
      this.taken -= own;
      this.change(tenantId, -own);
      this.next();
    }
  }

  /** Work that waits for its turn. */
  get backlog(): number {
    return this.waiting.reduce((sum, { cost }) => sum + cost, 0);
  }

  private turn(tenantId: string, cost: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const at = Math.max(this.now, this.ends.get(tenantId) ?? 0);
      this.ends.set(tenantId, at + cost / weightOf(this.weights, tenantId));
      const leave = () => {
        this.waiting = this.waiting.filter((other) => other !== turn);
        reject(signal!.reason as Error);
        this.next();
      };
      const begin = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const turn: Turn = { tenantId, cost, at, begin };
      signal?.addEventListener('abort', leave, { once: true });
      this.waiting.push(turn);
      this.next();
    });
  }

  private next(): void {
    for (;;) {
      const turn = this.chosen();
      if (!turn) break;
      this.waiting = this.waiting.filter((other) => other !== turn);
      this.now = Math.max(this.now, turn.at);
      this.taken += turn.cost;
      this.change(turn.tenantId, turn.cost);
      turn.begin();
    }
    // Nobody waits and nothing runs: what was is forgotten.
    if (this.waiting.length === 0 && this.taken === 0) {
      this.ends.clear();
      this.now = 0;
    }
  }

  private chosen(): Turn | null {
    const first = this.waiting.reduce<Turn | null>((best, turn) => (best && best.at <= turn.at ? best : turn), null);
    if (!first) return null;
    if (this.taken + first.cost <= this.room) return first;
    return this.waiting.find(({ tenantId, cost }) => cost <= this.small && !this.under.has(tenantId)) ?? null;
  }

  private change(tenantId: string, by: number): void {
    const left = (this.under.get(tenantId) ?? 0) + by;
    if (left > 0) this.under.set(tenantId, left);
    else this.under.delete(tenantId);
  }
}
