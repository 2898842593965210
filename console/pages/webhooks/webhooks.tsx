import { useSignal } from '@preact/signals';
import type { WebhookEndpoint } from '../../../sdk/client.js';
import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { Button, TextField } from '../../kit/parts/controls.js';
import { Copyable } from '../../kit/parts/copyable.js';
import { ago } from '../../kit/language/format.js';
import { useEvery, useLoad } from '../../kit/client/loading.js';
import { href } from '../../kit/frame/router.js';
import type { PageProps } from '../../kit/frame/page.js';
import { may } from '../../kit/client/session.js';
import { Empty, Failed, Shown } from '../../kit/parts/states.js';
import { Card, Heading, Pill } from '../../kit/parts/surfaces.js';
import { Attempts } from './attempts.js';
import { Tail } from './tail.js';
import { TONES } from './tones.js';
import { t } from './words.js';

/** Where events go, how each message fared, and what comes right now. */
export default function Webhooks({ params: { id } }: PageProps) {
  return (
    <>
      <Heading title={t().title} lead={t().lead} />
      {id ? (
        <Attempts key={id} id={id} />
      ) : (
        <div class="beside">
          <Endpoints />
          <Tail />
        </div>
      )}
    </>
  );
}

function Endpoints() {
  const endpoints = useLoad('endpoints', (signal) => client.webhookEndpoints.list({ limit: 100 }, { signal }));
  const secret = useSignal<string | null>(null);
  return (
    <div class="stack">
      {may('webhooks:write') && (
        <Create
          onCreated={(made) => {
            secret.value = made;
            endpoints.again();
          }}
        />
      )}
      {secret.value && (
        <Card title={t().secret} icon="key">
          <p>{t().secretLead}</p>
          <Copyable text={secret.value} />
        </Card>
      )}
      <Card title={t().endpoints} icon="webhooks">
        <Shown of={endpoints}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty icon="webhooks" title={t().noEndpoints} />
            ) : (
              <ul class="webhooks-list">
                {data.map((one) => (
                  <Endpoint key={one.id} endpoint={one} again={endpoints.again} />
                ))}
              </ul>
            )
          }
        </Shown>
      </Card>
      <Deliveries />
    </div>
  );
}

function Create({ onCreated }: { onCreated: (secret: string | null) => void }) {
  const url = useSignal('');
  const { busy, error, act } = useActing();
  const submit = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      const made = await client.webhookEndpoints.create({ url: url.value.trim() });
      url.value = '';
      onCreated(made.secret ?? made.publicKey);
    });
  };
  return (
    <Card>
      <form class="webhooks-create" onSubmit={submit}>
        <TextField
          label={t().url}
          hint={t().urlHint}
          type="url"
          required
          value={url.value}
          placeholder="https://example.com/hooks"
          onInput={(value) => (url.value = value)}
        />
        <Button type="submit" look="main" icon="plus" busy={busy.value}>
          {t().add}
        </Button>
      </form>
      {error.value && <Failed error={error.value} />}
    </Card>
  );
}

const DAY_MS = 86_400_000;

function Endpoint({ endpoint, again }: { endpoint: WebhookEndpoint; again: () => void }) {
  const { id, url, enabled, disabledReason, events } = endpoint;
  const count = useSignal<number | null>(null);
  const { busy, error, act } = useActing();
  const since = () => new Date(Date.now() - DAY_MS).toISOString();
  const replay = (dryRun: boolean) =>
    void act(async () => {
      const { deliveries } = await client.webhookEndpoints.replay(id, { since: since(), dryRun });
      count.value = dryRun ? deliveries : null;
    });
  return (
    <li>
      <p class="row">
        <b class="webhooks-url">{url}</b>
        <Pill tone={enabled ? 'good' : 'bad'}>
          {enabled ? t().enabled : t()[`off_${disabledReason ?? 'requested'}`]}
        </Pill>
      </p>
      <p class="quiet small">{events ? events.join(', ') : t().allEvents}</p>
      {may('webhooks:write') && (
        <div class="row">
          <Button small busy={busy.value} onClick={() => void act(() => client.webhookEndpoints.test(id))}>
            {t().test}
          </Button>
          <Button small busy={busy.value} onClick={() => replay(count.value === null)}>
            {count.value === null ? t().replay : t().replayNow(count.value)}
          </Button>
          <Button
            small
            look="quiet"
            busy={busy.value}
            onClick={() =>
              void act(() => (enabled ? client.webhookEndpoints.disable(id) : client.webhookEndpoints.enable(id))).then(
                again,
              )
            }
          >
            {enabled ? t().disable : t().enable}
          </Button>
        </div>
      )}
      {error.value && <Failed error={error.value} />}
    </li>
  );
}

const EVERY_MS = 2000;

function Deliveries() {
  const deliveries = useLoad('deliveries', (signal) => client.deliveries.list({ limit: 20 }, { signal }));
  useEvery(EVERY_MS, deliveries.again);
  return (
    <Card title={t().deliveries} icon="clock">
      <Shown of={deliveries}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon="clock" title={t().noDeliveries} />
          ) : (
            <ul class="webhooks-list">
              {data.map(({ id, type, status, attemptCount, createdAt }) => (
                <li key={id} class="webhooks-delivery">
                  <a href={href(`/webhooks/${id}`)}>{type}</a>
                  <Pill tone={TONES[status]}>{t()[`is_${status}`]}</Pill>
                  <span class="quiet small">
                    {t().attempts(attemptCount)} · {ago(createdAt)}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Card>
  );
}
