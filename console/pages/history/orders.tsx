import { useSignal } from '@preact/signals';
import type { ListOrders, OrderList } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { Select, TextField } from '../../kit/parts/controls.js';
import { day, money } from '../../kit/language/format.js';
import { href } from '../../kit/frame/router.js';
import { Empty } from '../../kit/parts/states.js';
import { Card, Pill, Table } from '../../kit/parts/surfaces.js';
import { Paged } from '../../kit/parts/paged.js';
import { retailerChoices, t, type Retailer } from './words.js';

/** All orders, newest first, found by words, shop and days. */
export function Orders() {
  const q = useSignal('');
  const retailer = useSignal<Retailer | ''>('');
  const from = useSignal('');
  const to = useSignal('');
  const query: ListOrders = {
    q: q.value.trim() || undefined,
    retailer: retailer.value || undefined,
    from: from.value || undefined,
    to: to.value || undefined,
  };
  return (
    <Card>
      <div class="history-filters">
        <TextField label={t().words} type="search" value={q.value} onInput={(value) => (q.value = value)} />
        <Select<Retailer | ''>
          label={t().retailer}
          value={retailer.value}
          choices={retailerChoices()}
          onChange={(value) => (retailer.value = value)}
        />
        <TextField label={t().from} type="date" value={from.value} onInput={(value) => (from.value = value)} />
        <TextField label={t().to} type="date" value={to.value} onInput={(value) => (to.value = value)} />
      </div>
      <Paged
        of={`orders ${JSON.stringify(query)}`}
        read={(cursor, signal) => client.history.orders({ ...query, cursor }, { signal })}
        empty={<Empty icon="basket" title={t().noOrders} />}
      >
        {(rows) => <Listed rows={rows} />}
      </Paged>
    </Card>
  );
}

function Listed({ rows }: { rows: OrderList['data'] }) {
  return (
    <Table
      caption={t().orders}
      blocks
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          title: t().day,
          cell: ({ id, orderedOn, number }) => (
            <a href={href(`/history/orders/${id}`)}>{orderedOn ? day(orderedOn) : number}</a>
          ),
        },
        { title: t().retailer, cell: (row) => t().shop(row.retailer, row.storeNumber) },
        { title: t().linesOf, number: true, cell: ({ lines }) => lines },
        { title: t().total, number: true, cell: ({ totalCents, currency }) => money(totalCents, currency) },
        {
          title: t().check,
          cell: ({ reconciled }) => <Pill tone={TONES[reconciled]}>{t()[`adds_${reconciled}`]}</Pill>,
        },
      ]}
    />
  );
}

export const TONES = { both: 'good', items: 'good', total: 'good', none: 'warn' } as const;
