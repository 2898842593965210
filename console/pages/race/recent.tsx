import { client } from '../../kit/api.js';
import { ago, money } from '../../kit/format.js';
import { useEvery, useLoad } from '../../kit/loading.js';
import { plainName } from '../../kit/provider-names.js';
import { toneOf, wordFor } from '../../kit/route-words.js';
import { href } from '../../kit/router.js';
import { Empty, Shown } from '../../kit/states.js';
import { Card, Pill } from '../../kit/surfaces.js';
import { t } from './words.js';

const EVERY_MS = 10_000;
const SHOWN = 8;

/** The latest routes of the tenant, whoever asked for them. */
export function Recent() {
  const routes = useLoad('recent', (signal) => client.routes.list({ limit: SHOWN }, { signal }));
  useEvery(EVERY_MS, routes.again);
  return (
    <Card title={t().recent} icon="clock">
      <Shown of={routes} rows={4}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon="race" title={t().recentEmpty} />
          ) : (
            <ul class="race-recent">
              {data.map(({ id, status, createdAt, winnerId, totalCents }) => (
                <li key={id}>
                  <a href={href(`/race/${id}`)}>
                    <b>{winnerId ? plainName(winnerId) : wordFor(status)}</b>
                    <span class="number">{money(totalCents)}</span>
                    <Pill tone={toneOf(status)}>{wordFor(status)}</Pill>
                    <span class="quiet small">{ago(createdAt)}</span>
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Card>
  );
}
