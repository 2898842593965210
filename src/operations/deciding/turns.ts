import { weightOf, type Weights } from './fairness.js';

export interface Bounds {
  /** How much may be under way at once, and, if that is less, of one tenant. */
  room: number;
  most?: number;
  /** Who has nothing under way begins so much work at once, beyond the room. */
  small?: number;
  /** Who asks for more work than `over` finds room up to `most` with all others who do, so that the rest of it is for what is short. */
  large?: { over: number; most: number };
  weights?: Weights;
}

interface Cost {
  work: number;
  /** What it takes of the room meanwhile; as much as its work, if nothing is said. */
  takes?: number;
}

interface Turn {
  tenantId: string;
  work: number;
  takes: number;
  /** Where it stands in virtual time: behind all that its tenant has been given, by weight. */
  at: number;
  begin: () => void;
}

const NO_WEIGHTS: Weights = new Map();

/**
 * Fair turns at what a process has little of, by tenant and by work: start-time fair queueing. Whose work was least so far goes next,
 * however many the others have waiting; a turn is never taken back. Pure but for the promises.
 */
export class Turns {
  private waiting: Turn[] = [];
  private taken = 0;
  private takenByLarge = 0;
  private now = 0;
  private readonly ends = new Map<string, number>();
  private readonly under = new Map<string, number>();

  constructor(private readonly bounds: Bounds) {}

  /** Runs `doing` at its turn. Rejects, without a turn, when `signal` aborts before it. */
  async run<T>(tenantId: string, cost: Cost, doing: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const takes = Math.min(Math.max(1, cost.takes ?? cost.work), this.roomFor(cost.work));
    await this.turn(tenantId, cost.work, takes, signal);
    try {
      return await doing();
    } finally {
      this.take({ tenantId, work: cost.work, takes: -takes });
      this.next();
    }
  }

  /** Work that waits for its turn. */
  get backlog(): number {
    return this.waiting.reduce((sum, { work }) => sum + work, 0);
  }

  private turn(tenantId: string, work: number, takes: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const at = Math.max(this.now, this.ends.get(tenantId) ?? 0);
      this.ends.set(tenantId, at + work / weightOf(this.bounds.weights ?? NO_WEIGHTS, tenantId));
      const leave = () => {
        this.waiting = this.waiting.filter((other) => other !== turn);
        reject(signal!.reason as Error);
        this.next();
      };
      const begin = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const turn: Turn = { tenantId, work, takes, at, begin };
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
      this.take(turn);
      turn.begin();
    }
    // Nobody waits and nothing runs: what was is forgotten.
    if (this.waiting.length === 0 && this.taken === 0) {
      this.ends.clear();
      this.now = 0;
    }
  }

  private chosen(): Turn | null {
    const { room, most = room, small = 0 } = this.bounds;
    const underWay = ({ tenantId }: Turn) => this.under.get(tenantId) ?? 0;
    const ready = this.waiting.filter((turn) => underWay(turn) + turn.takes <= most && this.fitsAmongLarge(turn));
    const first = ready.reduce<Turn | null>((best, turn) => (best && best.at <= turn.at ? best : turn), null);
    if (!first) return null;
    if (this.taken + first.takes <= room) return first;
    return ready.find((turn) => turn.work <= small && underWay(turn) === 0) ?? null;
  }

  private isLarge(work: number): boolean {
    return this.bounds.large !== undefined && work > this.bounds.large.over;
  }

  private roomFor(work: number): number {
    return this.isLarge(work) ? this.bounds.large!.most : this.bounds.room;
  }

  private fitsAmongLarge({ work, takes }: Turn): boolean {
    return !this.isLarge(work) || this.takenByLarge + takes <= this.bounds.large!.most;
  }

  /** What it takes of the room, or, below zero, gives back. */
  private take({ tenantId, work, takes }: Pick<Turn, 'tenantId' | 'work' | 'takes'>): void {
    this.taken += takes;
    if (this.isLarge(work)) this.takenByLarge += takes;
    const left = (this.under.get(tenantId) ?? 0) + takes;
    if (left > 0) this.under.set(tenantId, left);
    else this.under.delete(tenantId);
  }
}
