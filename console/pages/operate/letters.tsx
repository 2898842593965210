import { useSignal } from '@preact/signals';
import type { RedrivenDeadLetters } from '../../../sdk/client.js';
import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { Button, TextField } from '../../kit/parts/controls.js';
import { ago } from '../../kit/language/format.js';
import { useEvery, useLoad } from '../../kit/client/loading.js';
import { may } from '../../kit/client/session.js';
import { Empty, Failed, Shown } from '../../kit/parts/states.js';
import { Card, Pill, Table } from '../../kit/parts/surfaces.js';
import { t } from './words.js';
import { Why } from './why.js';

const EVERY_MS = 10_000;

/** Records that could not be handled: counted first, then put back. */
export function Letters() {
  const topic = useSignal('');
  const counted = useSignal<RedrivenDeadLetters | null>(null);
  const only = { topic: topic.value.trim() || undefined };
  const letters = useLoad(`letters ${topic.value}`, (signal) =>
    client.operators.deadLetters({ ...only, limit: 100 }, { signal }),
  );
  useEvery(EVERY_MS, letters.again);
  const { busy, error, act } = useActing();
  const count = () =>
    void act(async () => {
      counted.value = await client.operators.redrive({ ...only, dryRun: true, why: 'dry run' });
    });
  return (
    <Card>
      <div class="operate-search">
        <TextField
          label={t().topic}
          value={topic.value}
          placeholder="quotes.v1"
          onInput={(value) => (topic.value = value)}
        />
        {may('admin') && (
          <Button icon="again" busy={busy.value} onClick={count}>
            {t().count}
          </Button>
        )}
      </div>
      {error.value && <Failed error={error.value} />}
      <Shown of={letters}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon="check" title={t().noLetters} />
          ) : (
            <Table
              caption={t().letters}
              rows={data}
              keyOf={({ id }) => id}
              columns={[
                { title: t().event, cell: ({ event, source }) => event ?? source },
                { title: t().source, cell: ({ source }) => <code>{source}</code> },
                { title: t().reason, cell: ({ reason }) => reason },
                { title: t().when, cell: ({ createdAt }) => ago(createdAt) },
                {
                  title: t().state,
                  cell: ({ redrivenAt }) => (
                    <Pill tone={redrivenAt ? 'good' : 'warn'}>{redrivenAt ? t().redriven : t().waits}</Pill>
                  ),
                },
              ]}
            />
          )
        }
      </Shown>
      <Why
        title={t().redrive}
        open={counted.value !== null}
        onClose={() => (counted.value = null)}
        does={t().redrive}
        act={async (why) => {
          await client.operators.redrive({ ...only, why });
          letters.again();
        }}
      >
        {counted.value && (
          <p>
            {t().wouldRedrive(counted.value.redriven, counted.value.skipped.length)}
            {counted.value.more && ` ${t().more}`}
          </p>
        )}
      </Why>
    </Card>
  );
}
