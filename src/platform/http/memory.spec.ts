import { MemoryGuard } from './memory.js';

describe('a heap that is nearly full', () => {
  it('is seen within 50 ms, and so is its end', () => {
    let [used, now] = [50, 0];
    const guard = new MemoryGuard(
      () => ({ used_heap_size: used, heap_size_limit: 100 }),
      () => now,
    );
    expect(guard.isFull).toBe(false);
    used = 95;
    now = 49;
    expect(guard.isFull).toBe(false);
    now = 50;
    expect(guard.isFull).toBe(true);
    used = 60;
    now = 100;
    expect(guard.isFull).toBe(false);
  });
});
