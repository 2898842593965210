import { client } from '../../kit/api.js';
import { ago, moment } from '../../kit/format.js';
import { useEvery, useLoad } from '../../kit/loading.js';
import { href } from '../../kit/router.js';
import { Empty, Shown } from '../../kit/states.js';
import { Card, Pill, type Tone } from '../../kit/surfaces.js';
import { t as kit } from '../../kit/planning/words.js';
import { t } from './words.js';

const EVERY_MS = 10_000;
const SHOWN = 8;
const TONES: Readonly<Record<string, Tone>> = { open: 'info', completed: 'good', failed: 'bad', cancelled: 'plain' };

/** The latest plans of the tenant, whoever asked for them. */
export function RecentPlans() {
  const plans = useLoad('recent plans', (signal) => client.plans.list({ limit: SHOWN }, { signal }));
  useEvery(EVERY_MS, plans.again);
  return (
    <Card title={t().recent} icon="clock">
      <Shown of={plans} rows={4}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon="plan" title={t().recentEmpty} />
          ) : (
            <ul class="plan-recent">
              {data.map(({ id, status, createdAt, origin }) => (
                <li key={id}>
                  <a href={href(`/plans/${id}`)}>
                    <b>{moment(createdAt)}</b>
                    <Pill tone={TONES[status]}>{t()[`status_${status}`]}</Pill>
                    <span class="quiet small">
                      {ago(createdAt)}
                      {origin && ` · ${origin === 'claude' ? kit().byClaude : kit().bySolver}`}
                    </span>
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
