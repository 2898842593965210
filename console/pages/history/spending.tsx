import { useSignal } from '@preact/signals';
import type { Spending as Answer } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { SegmentedField, TextField } from '../../kit/parts/controls.js';
import { money } from '../../kit/language/format.js';
import { useLoad } from '../../kit/client/loading.js';
import { Empty, Shown } from '../../kit/parts/states.js';
import { Card } from '../../kit/parts/surfaces.js';
import { locale } from '../../kit/language/words.js';
import { barsOf } from './amounts.js';
import { said } from './codes.js';
import { t } from './words.js';

type By = 'month' | 'store' | 'group';
type Row = Answer['data'][number];
type Sums = Answer['totals'][number];

/** Where the money went. Currencies are never added together. */
export function Spending() {
  const by = useSignal<By>('month');
  const from = useSignal('');
  const to = useSignal('');
  const spending = useLoad(`spending ${by.value} ${from.value} ${to.value}`, (signal) =>
    client.history.spending({ by: by.value, from: from.value || undefined, to: to.value || undefined }, { signal }),
  );
  return (
    <Card>
      <div class="history-filters">
        <SegmentedField<By>
          label={t().by}
          value={by.value}
          choices={[
            { value: 'month', label: t().by_month },
            { value: 'store', label: t().by_store },
            { value: 'group', label: t().by_group },
          ]}
          onChange={(value) => value && (by.value = value)}
        />
        <TextField label={t().from} type="date" value={from.value} onInput={(value) => (from.value = value)} />
        <TextField label={t().to} type="date" value={to.value} onInput={(value) => (to.value = value)} />
      </div>
      <Shown of={spending} rows={6}>
        {(answer) =>
          answer.data.length === 0 ? <Empty icon="basket" title={t().noOrders} /> : <Seen answer={answer} />
        }
      </Shown>
    </Card>
  );
}

/** A group has goods alone; a month and a store have whole orders. */
const centsIn = (by: By) => (row: Sums) => (by === 'group' ? row.goodsCents : (row.totalCents ?? row.goodsCents));

function Seen({ answer: { by, data, totals } }: { answer: Answer }) {
  const centsOf = centsIn(by);
  return (
    <div class="stack">
      {totals.map((total) => (
        <section key={total.currency} aria-label={total.currency}>
          <p class="history-spent number">{money(centsOf(total), total.currency)}</p>
          <p class="quiet small">
            {by !== 'group' &&
              `${t().ordersCount(total.orders)} · ${t().goods} ${money(total.goodsCents, total.currency)}`}
            {by === 'group' && t().goodsOnly}
            {total.ordersWithoutTotal > 0 && ` · ${t().withoutTotal(total.ordersWithoutTotal)}`}
            {total.linesWithoutPrice > 0 && ` · ${t().withoutPrice(total.linesWithoutPrice)}`}
          </p>
          <ol class="history-bars">
            {barsOf(
              data.filter(({ currency }) => currency === total.currency),
              centsOf,
            ).map(({ row, share }) => (
              <li key={row.key ?? ''}>
                <span>{nameOf(by, row)}</span>
                <b class="number">{money(centsOf(row), row.currency)}</b>
                <i style={{ width: `${share * 100}%` }} aria-hidden="true" />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function nameOf(by: By, { key, name }: Row): string {
  if (key === null) return by === 'group' ? t().noGroup : t().noStore;
  if (by === 'group') return said(`group_${key}`);
  if (by === 'store') return name ?? key;
  const [year, month] = key.split('-').map(Number) as [number, number];
  return new Intl.DateTimeFormat(locale(), { month: 'long', year: 'numeric' }).format(new Date(year, month - 1, 1));
}
