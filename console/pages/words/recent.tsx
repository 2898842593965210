import { client } from '../../kit/client/api.js';
import { ago } from '../../kit/language/format.js';
import { Recent } from '../../kit/parts/recent.js';
import { Pill } from '../../kit/parts/surfaces.js';
import { t } from './words.js';

const SHOWN = 8;

/** The latest carts that something is in. */
export const RecentCarts = () => (
  <Recent
    title={t().recent}
    icon="words"
    empty={t().recentEmpty}
    read={async (signal) => {
      const { data } = await client.carts.list({ limit: SHOWN * 2 }, { signal });
      return data.filter(({ lines }) => lines.length > 0).slice(0, SHOWN);
    }}
    to={({ id }) => `/words/${id}`}
  >
    {({ lines, status, createdAt }) => (
      <>
        <b>{lines.map(({ name }) => name).join(', ')}</b>
        <span class="quiet small">
          {ago(createdAt)} {status === 'needs_input' && <Pill tone="warn">{t().open}</Pill>}
        </span>
      </>
    )}
  </Recent>
);
