import { client } from '../../kit/client/api.js';
import { ago, moment } from '../../kit/language/format.js';
import { t as kit } from '../../kit/planning/words.js';
import { Recent } from '../../kit/parts/recent.js';
import { Pill, type Tone } from '../../kit/parts/surfaces.js';
import { t } from './words.js';

const SHOWN = 8;
const TONES: Readonly<Record<string, Tone>> = { open: 'info', completed: 'good', failed: 'bad', cancelled: 'plain' };

export const RecentPlans = () => (
  <Recent
    title={t().recent}
    icon="plan"
    empty={t().recentEmpty}
    read={async (signal) => (await client.plans.list({ limit: SHOWN }, { signal })).data}
    to={({ id }) => `/plans/${id}`}
  >
    {({ status, createdAt, origin }) => (
      <>
        <b>{moment(createdAt)}</b>
        <Pill tone={TONES[status]}>{t()[`status_${status}`]}</Pill>
        <span class="quiet small">
          {ago(createdAt)}
          {origin && ` · ${origin === 'claude' ? kit().byClaude : kit().bySolver}`}
        </span>
      </>
    )}
  </Recent>
);
