import type { Order } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { day, money, number } from '../../kit/language/format.js';
import { useLoad } from '../../kit/client/loading.js';
import { href } from '../../kit/frame/router.js';
import { Shown } from '../../kit/parts/states.js';
import { Card, Pill, Table } from '../../kit/parts/surfaces.js';
import { TONES } from './orders.js';
import { t } from './words.js';

type Line = Order['lines'][number];

/** One order with its lines, its sums, and which file says what. */
export function OneOrder({ id }: { id: string }) {
  const order = useLoad(id, (signal) => client.history.order(id, { signal }));
  return (
    <Shown of={order} rows={6}>
      {(value) => <Seen order={value} />}
    </Shown>
  );
}

function Seen({ order }: { order: Order }) {
  const { orderedOn, currency, reconciled, sources, contradictions } = order;
  return (
    <div class="beside">
      <Card
        title={t().orderOf(
          t().shop(order.retailer, order.storeName ?? order.storeNumber),
          orderedOn ? day(orderedOn) : '–',
        )}
        icon="basket"
        beside={<Pill tone={TONES[reconciled]}>{t()[`adds_${reconciled}`]}</Pill>}
      >
        <Table
          caption={t().linesTitle}
          rows={order.lines}
          keyOf={({ position }) => String(position)}
          kindOf={({ state }) => (isBought(state) ? '' : 'history-off')}
          columns={[
            { title: t().product, cell: (line) => <Named line={line} /> },
            { title: t().quantity, number: true, cell: amountOf },
            { title: t().each, number: true, cell: ({ unitCents }) => money(unitCents, currency) },
            { title: t().price, number: true, cell: ({ lineCents }) => money(lineCents, currency) },
          ]}
        />
      </Card>
      <div class="stack">
        <Card title={t().sums}>
          <dl class="history-sums">
            {sumsOf(order).map(([name, cents]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd class="number">{money(cents, currency)}</dd>
              </div>
            ))}
            <div class="history-total">
              <dt>{t().total}</dt>
              <dd class="number">{money(order.totalCents, currency)}</dd>
            </div>
          </dl>
        </Card>
        <Card title={t().toldBy}>
          <p class="small quiet">{t().number(order.displayNumber ?? order.number)}</p>
          <p class="row">
            {[...new Set(Object.values(sources))].map((source) => (
              <Pill key={source}>{t().format(source)}</Pill>
            ))}
          </p>
          {contradictions.length > 0 && (
            <ul class="small">
              {contradictions.map(({ field, kept, by, other, from }) => (
                <li key={`${field} ${from}`}>
                  {t().differs(field, String(kept), t().format(by), String(other), t().format(from))}
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </div>
  );
}

const isBought = (state: Line['state']): boolean => state === null || state === 'bought' || state === 'substituted';

function Named({ line: { name, receiptName, productId, state } }: { line: Line }) {
  const shown = name ?? receiptName ?? '–';
  return (
    <>
      {productId ? <a href={href(`/history/products/${productId}`)}>{shown}</a> : shown}{' '}
      {state && state !== 'bought' && <Pill tone="warn">{t()[`line_${state}`]}</Pill>}
    </>
  );
}

const amountOf = ({ quantity, measure }: Line): string =>
  measure
    ? `${number(measure.value, measure.value % 1 === 0 ? 0 : 2)} ${measure.unit}`
    : quantity === null
      ? '–'
      : number(quantity, quantity % 1 === 0 ? 0 : 2);

function sumsOf(order: Order): [name: string, cents: number][] {
  const rows: [string, number | null][] = [
    [t().subtotal, order.subtotalCents],
    [t().savings, order.savingsCents === null ? null : -Math.abs(order.savingsCents)],
    [t().delivery, order.deliveryCents],
    [t().fees, order.feesCents],
    [t().tax, order.taxCents],
    [t().tip, order.tipCents],
    [t().donations, order.donationsCents],
    [t().refund, order.refundCents === null ? null : -Math.abs(order.refundCents)],
  ];
  return rows.filter((row): row is [string, number] => row[1] !== null && row[1] !== 0);
}
