import { useSignal } from '@preact/signals';
import type { FindRoutes, FoundRoutes } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { Button, Select, TextField } from '../../kit/parts/controls.js';
import { list, moment, money } from '../../kit/language/format.js';
import { useLoad } from '../../kit/client/loading.js';
import { href } from '../../kit/frame/router.js';
import { plainName } from '../../kit/language/provider-names.js';
import { toneOf, wordFor } from '../../kit/routes/route-words.js';
import { tenantHere } from '../../kit/client/session.js';
import { Empty, Shown } from '../../kit/parts/states.js';
import { Card, Pill, Table } from '../../kit/parts/surfaces.js';
import { t } from './words.js';

type Provider = NonNullable<FindRoutes['provider']>;
const PROVIDERS: readonly Provider[] = ['KROGER_API', 'WALMART_API', 'MEALME', 'INSTACART'];

/** A route by whatever is known of it, whoever asked for it. */
export function Search() {
  const asked = useSignal<FindRoutes>({});
  const id = useSignal('');
  const item = useSignal('');
  const reference = useSignal('');
  const provider = useSignal<Provider | ''>('');
  const from = useSignal('');
  const to = useSignal('');
  const found = useLoad(`search ${JSON.stringify(asked.value)}`, (signal) =>
    client.operators.search({ ...asked.value, limit: 50 }, { signal }),
  );
  const submit = (event: Event) => {
    event.preventDefault();
    const at = (text: string) => (text ? new Date(text).toISOString() : undefined);
    asked.value = {
      id: id.value.trim() || undefined,
      item: item.value.trim() || undefined,
      reference: reference.value.trim() || undefined,
      provider: provider.value || undefined,
      from: at(from.value),
      to: at(to.value),
    };
  };
  return (
    <Card>
      <form class="operate-search" onSubmit={submit}>
        <TextField label={t().id} value={id.value} onInput={(value) => (id.value = value)} placeholder="req_…" />
        <TextField label={t().item} value={item.value} onInput={(value) => (item.value = value)} />
        <TextField label={t().reference} value={reference.value} onInput={(value) => (reference.value = value)} />
        <Select<Provider | ''>
          label={t().provider}
          value={provider.value}
          choices={[{ value: '', label: t().any }, ...PROVIDERS.map((value) => ({ value, label: plainName(value) }))]}
          onChange={(value) => (provider.value = value)}
        />
        <TextField
          label={t().from}
          type="datetime-local"
          value={from.value}
          onInput={(value) => (from.value = value)}
        />
        <TextField label={t().to} type="datetime-local" value={to.value} onInput={(value) => (to.value = value)} />
        <Button type="submit" look="main" icon="search">
          {t().find}
        </Button>
      </form>
      <Shown of={found} rows={5}>
        {({ data }) => (data.length === 0 ? <Empty icon="search" title={t().nothing} /> : <Found rows={data} />)}
      </Shown>
    </Card>
  );
}

const Found = ({ rows }: { rows: FoundRoutes['data'] }) => (
  <Table
    caption={t().search}
    blocks
    rows={rows}
    keyOf={({ id }) => id}
    columns={[
      { title: t().when, cell: ({ createdAt }) => moment(createdAt) },
      { title: t().items, cell: ({ items }) => list(items) },
      { title: t().status, cell: ({ status }) => <Pill tone={toneOf(status)}>{wordFor(status)}</Pill> },
      { title: t().winner, cell: ({ winnerId }) => (winnerId ? plainName(winnerId) : '–') },
      { title: t().total, number: true, cell: ({ totalCents, currency }) => money(totalCents, currency) },
      { title: t().reference, cell: ({ reference }) => reference ?? '–' },
      {
        title: t().id,
        cell: ({ id, tenantId }) => (
          <span class="mono">
            {tenantId === tenantHere() ? <a href={href(`/routes/${id}`)}>{id}</a> : id}
            <br />
            <span class="quiet">{tenantId}</span>
          </span>
        ),
      },
    ]}
  />
);
