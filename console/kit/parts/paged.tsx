import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useActing } from '../client/acting.js';
import { t as kit } from '../language/kit-words.js';
import { useLoad } from '../client/loading.js';
import { Button } from './controls.js';
import { Failed, Shown } from './states.js';

interface PagedProps<T> {
  /** What is listed; another begins anew. */
  of: string;
  read: (cursor: string | undefined, signal?: AbortSignal) => Promise<{ data: T[]; nextCursor: string | null }>;
  empty: ComponentChildren;
  children: (rows: T[]) => ComponentChildren;
}

/** A list that is longer than one page: more at a press. */
export function Paged<T>({ of, read, empty, children }: PagedProps<T>) {
  const first = useLoad(of, (signal) => read(undefined, signal));
  const more = useSignal<{ data: T[]; nextCursor: string | null } | null>(null);
  const { busy, error, act } = useActing();
  useEffect(() => void (more.value = null), [of]);
  return (
    <Shown of={first} rows={6}>
      {({ data, nextCursor }) => {
        const cursor = more.value ? more.value.nextCursor : nextCursor;
        const rows = [...data, ...(more.value?.data ?? [])];
        if (rows.length === 0) return empty;
        return (
          <div class="stack">
            {children(rows)}
            {cursor && (
              <div>
                <Button
                  icon="down"
                  busy={busy.value}
                  onClick={() =>
                    void act(async () => {
                      const next = await read(cursor);
                      more.value = { data: [...(more.value?.data ?? []), ...next.data], nextCursor: next.nextCursor };
                    })
                  }
                >
                  {kit().more}
                </Button>
              </div>
            )}
            {error.value && <Failed error={error.value} />}
          </div>
        );
      }}
    </Shown>
  );
}
