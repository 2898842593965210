import { useSignal } from '@preact/signals';
import { recordFaults, type Route } from '../../../sdk/client.js';
import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { Button } from '../../kit/parts/controls.js';
import { save } from '../../kit/parts/save.js';
import { Failed } from '../../kit/parts/states.js';
import { Card, Pill } from '../../kit/parts/surfaces.js';
import { said, t } from './words.js';

/** The signed record, checked here in the browser by the published keys, or saved for whoever wants to check it elsewhere. */
export function Proof({ route }: { route: Route }) {
  const found = useSignal<{ faults: string[]; answers: number } | null>(null);
  const { busy, error, act } = useActing();

  const verify = () =>
    act(async () => {
      const [signed, { keys }] = await Promise.all([client.routes.record(route.id), client.routes.keys()]);
      found.value = { faults: await recordFaults(signed, keys), answers: signed.record.answers.length };
    });
  const keep = () =>
    act(async () => {
      save(
        `${route.id}.record.json`,
        'application/json',
        JSON.stringify(await client.routes.record(route.id), null, 1),
      );
    });

  return (
    <Card title={t().record} icon="shield">
      <div class="stack">
        <p class="quiet">{t().recordLead}</p>
        <div class="row">
          <Button icon="shield" busy={busy.value} onClick={() => void verify()}>
            {t().verify}
          </Button>
          <Button look="quiet" icon="download" onClick={() => void keep()}>
            {t().save}
          </Button>
        </div>
        <div role="status" class="stack">
          {found.value?.faults.length === 0 && (
            <p class="route-proven">
              <Pill tone="good" icon="check">
                {t().proven(found.value.answers)}
              </Pill>
            </p>
          )}
          {found.value?.faults.map((fault) => (
            <Pill key={fault} tone="bad" icon="warn">
              {said('fault', fault)}
            </Pill>
          ))}
        </div>
        <p class="quiet small">{t().saveAnd}</p>
        {error.value && <Failed error={error.value} />}
      </div>
    </Card>
  );
}
