import { useSignal } from '@preact/signals';
import type { Outcome, QuoteLine, Route } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { Segmented } from '../../kit/parts/controls.js';
import { money, percent } from '../../kit/language/format.js';
import { useLoad } from '../../kit/client/loading.js';
import { plainName } from '../../kit/language/provider-names.js';
import { Card, Pill, Table, type Tone } from '../../kit/parts/surfaces.js';
import { sayOf } from './evidence-words.js';
import { t } from './words.js';

const TONES: Readonly<Record<QuoteLine['status'], Tone>> = {
  matched: 'good',
  substituted: 'warn',
  ambiguous: 'warn',
  missing: 'bad',
};

/** What each shop would put into the bag for each line, by what it was recognised, and what else it has. */
export function Products({ route, outcome }: { route: Route; outcome: Outcome }) {
  const shops = Object.keys(route.lines).filter((id) => route.lines[id]!.length > 0);
  const chosen = useSignal(outcome.winner?.providerId ?? shops[0] ?? '');
  // A cart of words knows how each line was said; another's lines have ids of their caller's own.
  const { cartId } = route.metadata;
  const cart = useLoad(cartId ?? null, (signal) => client.carts.get(cartId!, { signal }));
  const said = new Map(cart.now.value.value?.lines.map(({ id, name }) => [id, name]));
  if (shops.length === 0) return null;
  const names = new Map([outcome.winner, ...outcome.fallbacks].map((one) => [one?.providerId, one?.providerName]));
  const { currency } = route.quotes.find(({ providerId }) => providerId === chosen.value) ?? { currency: null };
  return (
    <Card
      title={t().products}
      icon="basket"
      beside={
        <Segmented<string>
          label={t().productsOf}
          value={chosen.value}
          choices={shops.map((id) => ({ value: id, label: names.get(id as 'MEALME') ?? plainName(id) }))}
          onChange={(id) => (chosen.value = id)}
        />
      }
    >
      <Table
        caption={t().products}
        rows={route.lines[chosen.value] ?? []}
        keyOf={({ lineId }) => lineId}
        columns={[
          {
            title: t().product,
            cell: (line) => <Product line={line} currency={currency} asked={said.get(line.lineId) ?? line.lineId} />,
          },
          { title: t().packs, number: true, cell: ({ packs, packSize }) => `${packs} × ${packSize ?? '–'}` },
          { title: t().price, number: true, cell: ({ lineTotalCents }) => money(lineTotalCents, currency) },
        ]}
      />
    </Card>
  );
}

interface ProductProps {
  line: QuoteLine;
  currency: string | null;
  /** What was asked for, in its caller's words. */
  asked: string;
}

function Product({ line, currency, asked }: ProductProps) {
  const { productName, status, confidence, evidence, alternatives } = line;
  return (
    <div class="route-product">
      <span>
        {productName ?? asked} <Pill tone={TONES[status]}>{t()[status]}</Pill>
      </span>
      {productName && (
        <span class="quiet small">
          {t().line}: {asked}
        </span>
      )}
      {evidence.length > 0 && (
        <ul class="route-evidence" aria-label={t().evidence}>
          <li>{t().sure(percent(confidence))}</li>
          {evidence.map((one) => (
            <li key={one} title={one}>
              {sayOf(one)}
            </li>
          ))}
        </ul>
      )}
      {alternatives.length > 0 && (
        <details>
          <summary>{t().alternatives(alternatives.length)}</summary>
          <ul class="route-alternatives">
            {alternatives.map(({ productId, productName: name, unitPriceCents, why }) => (
              <li key={productId}>
                {name} <span class="number">{money(unitPriceCents, currency)}</span>{' '}
                <span class="quiet">{why.map(sayOf).join(', ')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
