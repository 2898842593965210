import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { Button, LinkButton } from '../../kit/parts/controls.js';
import { duration, moment } from '../../kit/language/format.js';
import { useEvery, useLoad } from '../../kit/client/loading.js';
import { may } from '../../kit/client/session.js';
import { Failed, Shown } from '../../kit/parts/states.js';
import { Card, Pill, Table } from '../../kit/parts/surfaces.js';
import { TONES } from './tones.js';
import { t } from './words.js';

const EVERY_MS = 1500;

/** To be read: what was signed is without these spaces. */
function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** One message: each attempt to deliver it, and what was sent. */
export function Attempts({ id }: { id: string }) {
  const delivery = useLoad(id, (signal) => client.deliveries.get(id, { signal }));
  const { busy, error, act } = useActing();
  useEvery(delivery.now.value.value?.status === 'pending' ? EVERY_MS : null, delivery.again);
  return (
    <Shown of={delivery} rows={5}>
      {({ type, status, attempts, body }) => (
        <div class="stack">
          <Card title={type} icon="webhooks" beside={<Pill tone={TONES[status]}>{t()[`is_${status}`]}</Pill>}>
            <Table
              caption={t().attemptsTitle}
              rows={attempts}
              keyOf={({ number }) => String(number)}
              columns={[
                { title: t().when, cell: ({ startedAt }) => moment(startedAt) },
                { title: t().status, cell: ({ statusCode, error: fault }) => statusCode ?? fault ?? '–' },
                {
                  title: t().took,
                  number: true,
                  cell: ({ durationMs }) => (durationMs === null ? '–' : duration(durationMs)),
                },
                { title: t().answer, cell: ({ answer }) => answer ?? '–' },
              ]}
            />
            <div class="row webhooks-next">
              <LinkButton to="/webhooks">{t().all}</LinkButton>
              {may('webhooks:write') && (
                <Button
                  icon="again"
                  busy={busy.value}
                  onClick={() => void act(() => client.deliveries.resend(id)).then(delivery.again)}
                >
                  {t().resend}
                </Button>
              )}
            </div>
            {error.value && <Failed error={error.value} />}
          </Card>
          {body && (
            <Card title={t().body}>
              <pre class="webhooks-body" tabIndex={0}>
                {laidOut(body)}
              </pre>
            </Card>
          )}
        </div>
      )}
    </Shown>
  );
}
