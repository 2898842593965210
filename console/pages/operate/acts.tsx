import { useSignal } from '@preact/signals';
import type { ActList } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { Button } from '../../kit/parts/controls.js';
import { moment } from '../../kit/language/format.js';
import { useEvery, useLoad } from '../../kit/client/loading.js';
import { may } from '../../kit/client/session.js';
import { Empty, Shown } from '../../kit/parts/states.js';
import { Card } from '../../kit/parts/surfaces.js';
import { changesOf } from './names.js';
import { t } from './words.js';
import { Why } from './why.js';

type Act = ActList['data'][number];
const EVERY_MS = 10_000;
/** How the API calls who needed no key. */
const NOBODY = 'none';

/** Who changed what, when and why; each can be taken back. */
export function Acts() {
  const acts = useLoad('acts', (signal) => client.operators.acts({ limit: 100 }, { signal }));
  useEvery(EVERY_MS, acts.again);
  const undoing = useSignal<Act | null>(null);
  return (
    <Card>
      <Shown of={acts} rows={6}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon="history" title={t().noActs} />
          ) : (
            <ol class="operate-list">
              {data.map((act) => (
                <li key={act.id}>
                  <div>
                    <p>
                      <b>{act.why}</b>
                    </p>
                    <p class="quiet small">
                      {moment(act.at)} · {act.actor === NOBODY ? t().nobodysKey : act.actor}
                      {act.undoes && ` · ${t().undid}`}
                    </p>
                    {act.note && <p class="small">{act.note}</p>}
                    <ul class="operate-changes small">
                      {changesOf(act.before, act.after).map(({ name, from, to }) => (
                        <li key={name}>
                          <code>{name}</code> {from ?? t().unset} → <b class="operate-value">{to ?? t().unset}</b>
                        </li>
                      ))}
                    </ul>
                  </div>
                  {may('admin') && changesOf(act.before, act.after).length > 0 && (
                    <Button small icon="again" onClick={() => (undoing.value = act)}>
                      {t().undo}
                    </Button>
                  )}
                </li>
              ))}
            </ol>
          )
        }
      </Shown>
      <Why
        title={t().undoTitle}
        open={undoing.value !== null}
        onClose={() => (undoing.value = null)}
        does={t().undo}
        act={async (why) => {
          const { version } = await client.operators.settings();
          await client.operators.undo(undoing.value!.id, { why }, version);
          acts.again();
        }}
      >
        <p class="quiet">{undoing.value?.why}</p>
      </Why>
    </Card>
  );
}
