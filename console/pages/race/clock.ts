import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';

interface Clock {
  /** Ms since the start, as far as they are to be seen. */
  ms: ReadonlySignal<number>;
  start: () => void;
}

const isCalm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * The time of a race, frame by frame. `beginMs`: where it is when it is first seen, null before it has begun. It stops at `endMs`; while that is null
 * it goes on. Who wants no motion sees each end at once.
 */
export function useClock(beginMs: number | null, endMs: number | null): Clock {
  const ms = useSignal(beginMs ?? 0);
  const origin = useRef(performance.now() - (beginMs ?? 0));
  const turn = useSignal(0);
  const isOn = beginMs !== null;
  useEffect(() => {
    if (!isOn) return;
    if (endMs !== null && isCalm()) {
      ms.value = endMs;
      return;
    }
    let frame = 0;
    const tick = () => {
      const now = performance.now() - origin.current;
      ms.value = endMs === null ? now : Math.min(now, endMs);
      if (endMs === null || now < endMs) frame = requestAnimationFrame(tick);
    };
    tick();
    return () => cancelAnimationFrame(frame);
  }, [isOn, endMs, turn.value]);
  const start = useCallback(() => {
    origin.current = performance.now();
    turn.value++;
  }, []);
  return { ms, start };
}
