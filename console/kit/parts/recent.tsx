import type { ComponentChildren } from 'preact';
import { useEvery, useLoad } from '../client/loading.js';
import { href } from '../frame/router.js';
import type { IconName } from './icons.js';
import { Empty, Shown } from './states.js';
import { Card } from './surfaces.js';

const EVERY_MS = 10_000;

interface RecentProps<T> {
  title: string;
  /** While there is nothing. */
  icon: IconName;
  empty: string;
  read: (signal: AbortSignal) => Promise<readonly T[]>;
  to: (one: T) => string;
  children: (one: T) => ComponentChildren;
}

/** The latest of the tenant, whoever asked for them; each leads to its page. */
export function Recent<T extends { id: string }>({ title, icon, empty, read, to, children }: RecentProps<T>) {
  const latest = useLoad(title, read);
  useEvery(EVERY_MS, latest.again);
  return (
    <Card title={title} icon="clock">
      <Shown of={latest} rows={4}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={icon} title={empty} />
          ) : (
            <ul class="links">
              {all.map((one) => (
                <li key={one.id}>
                  <a href={href(to(one))}>{children(one)}</a>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Card>
  );
}
