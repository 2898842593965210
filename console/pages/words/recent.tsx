import { client } from '../../kit/api.js';
import { ago } from '../../kit/format.js';
import { useEvery, useLoad } from '../../kit/loading.js';
import { href } from '../../kit/router.js';
import { Empty, Shown } from '../../kit/states.js';
import { Card, Pill } from '../../kit/surfaces.js';
import { t } from './words.js';

const EVERY_MS = 10_000;
const SHOWN = 8;

/** The latest carts of the tenant that something is in. */
export function RecentCarts() {
  const carts = useLoad('recent carts', (signal) => client.carts.list({ limit: SHOWN * 2 }, { signal }));
  useEvery(EVERY_MS, carts.again);
  return (
    <Card title={t().recent} icon="clock">
      <Shown of={carts} rows={4}>
        {({ data }) => {
          const filled = data.filter(({ lines }) => lines.length > 0).slice(0, SHOWN);
          return filled.length === 0 ? (
            <Empty icon="words" title={t().recentEmpty} />
          ) : (
            <ul class="words-recent">
              {filled.map(({ id, lines, status, createdAt }) => (
                <li key={id}>
                  <a href={href(`/words/${id}`)}>
                    <b>{lines.map(({ name }) => name).join(', ')}</b>
                    <span class="quiet small">
                      {ago(createdAt)} {status === 'needs_input' && <Pill tone="warn">{t().open}</Pill>}
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          );
        }}
      </Shown>
    </Card>
  );
}
