import type { CredentialList } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { Copyable } from '../../kit/parts/copyable.js';
import { ago, day, moment, number } from '../../kit/language/format.js';
import { useEvery, useLoad } from '../../kit/client/loading.js';
import { plainName } from '../../kit/language/provider-names.js';
import { Shown } from '../../kit/parts/states.js';
import { Card, Facts, Pill } from '../../kit/parts/surfaces.js';
import { t } from './words.js';

type Credentials = CredentialList['data'][number];
const EVERY_MS = 30_000;
/** So many days before they end it is time for others. */
const SOON_DAYS = 14;

/** How old the credentials of providers are, when they end and when they were used. They are rotated from a terminal, so that no page ever holds them. */
export function Credentials() {
  const credentials = useLoad('credentials', (signal) => client.operators.credentials({ signal }));
  useEvery(EVERY_MS, credentials.again);
  return (
    <div class="stack">
      <p class="quiet">{t().rotateLead}</p>
      <Shown of={credentials}>
        {({ data }) => (
          <div class="operate-cards">
            {data.map((one) => (
              <One key={one.sourceId} {...one} />
            ))}
          </div>
        )}
      </Shown>
    </div>
  );
}

function One({ sourceId, variables, state, ageDays, setAt, expiresAt, expiresInDays, ...used }: Credentials) {
  const endsSoon = expiresInDays !== null && expiresInDays < SOON_DAYS;
  const facts: [string, string][] = [
    [t().age, ageDays === null ? '–' : t().days(number(ageDays))],
    [t().set_, setAt ? day(setAt) : '–'],
    [t().ends, expiresAt ? day(expiresAt) : t().unknown],
    [t().lastUsed, used.lastUsedAt ? ago(used.lastUsedAt) : t().never],
  ];
  return (
    <Card
      title={plainName(sourceId)}
      icon="key"
      beside={
        <span class="row">
          {endsSoon && <Pill tone="bad">{t().endsSoon}</Pill>}
          <Pill tone={state === 'missing' ? 'warn' : 'good'}>{t()[`from_${state}`]}</Pill>
        </span>
      }
    >
      <Facts of={facts} />
      {used.previousLastUsedAt && <p class="small">{t().before(moment(used.previousLastUsedAt))}</p>}
      <p class="quiet small">{t().rotate}</p>
      <Copyable text={`npm run ops -- rotate ${variables.join(' ')}`} />
    </Card>
  );
}
