import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useCallback } from 'preact/hooks';

interface Acting {
  busy: ReadonlySignal<boolean>;
  /** Why the last one failed; null once another is begun. */
  error: ReadonlySignal<Error | null>;
  /** Does it, one at a time. Answers whether it was done. */
  act: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** Something that is done at a press: whether it is under way, and what went wrong. */
export function useActing(): Acting {
  const busy = useSignal(false);
  const error = useSignal<Error | null>(null);
  const act = useCallback(async (work: () => Promise<unknown>) => {
    if (busy.peek()) return false;
    busy.value = true;
    error.value = null;
    try {
      await work();
      return true;
    } catch (problem) {
      error.value = problem as Error;
      return false;
    } finally {
      busy.value = false;
    }
  }, []);
  return { busy, error, act };
}
