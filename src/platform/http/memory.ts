import { getHeapStatistics } from 'node:v8';

/** Of what the heap may grow to. Below it V8 still finds room by collecting; above, one more large request may end the process. */
const FULL = 0.88;
const LOOK_MS = 50;

/** Whether nothing more may be taken on, for there is hardly any memory left. Looked at 20 times a second at most. */
export class MemoryGuard {
  private lookedAt = -Infinity;
  private full = false;

  constructor(
    private readonly look: () => { used_heap_size: number; heap_size_limit: number } = getHeapStatistics,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get isFull(): boolean {
    const now = this.now();
    if (now - this.lookedAt >= LOOK_MS) {
      const { used_heap_size: used, heap_size_limit: limit } = this.look();
      this.full = used > FULL * limit;
      this.lookedAt = now;
    }
    return this.full;
  }
}
