import { client } from '../../kit/client/api.js';
import { ago, money } from '../../kit/language/format.js';
import { plainName } from '../../kit/language/provider-names.js';
import { Recent } from '../../kit/parts/recent.js';
import { toneOf, wordFor } from '../../kit/routes/route-words.js';
import { Pill } from '../../kit/parts/surfaces.js';
import { t } from './words.js';

const SHOWN = 8;

/** Races that were run. */
export const RecentRoutes = () => (
  <Recent
    title={t().recent}
    icon="race"
    empty={t().recentEmpty}
    read={async (signal) => (await client.routes.list({ limit: SHOWN }, { signal })).data}
    to={({ id }) => `/race/${id}`}
  >
    {({ status, createdAt, winnerId, totalCents }) => (
      <>
        <b>{winnerId ? plainName(winnerId) : wordFor(status)}</b>
        <span class="number">{money(totalCents)}</span>
        <span class="quiet small">
          {ago(createdAt)} {winnerId && <Pill tone={toneOf(status)}>{wordFor(status)}</Pill>}
        </span>
      </>
    )}
  </Recent>
);
