import { useSignal } from '@preact/signals';
import type { Outcome, QuoteLine, Route } from '../../../sdk/client.js';
import { Segmented } from '../../kit/controls.js';
import { money, percent } from '../../kit/format.js';
import { plainName } from '../../kit/provider-names.js';
import { Card, Pill, Table, type Tone } from '../../kit/surfaces.js';
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
          { title: t().product, cell: (line) => <Product line={line} currency={currency} /> },
          { title: t().packs, number: true, cell: ({ packs, packSize }) => `${packs} × ${packSize ?? '–'}` },
          { title: t().price, number: true, cell: ({ lineTotalCents }) => money(lineTotalCents, currency) },
        ]}
      />
    </Card>
  );
}

function Product({ line, currency }: { line: QuoteLine; currency: string | null }) {
  const { productName, status, confidence, evidence, alternatives } = line;
  return (
    <div class="route-product">
      <span>
        {productName ?? line.lineId} <Pill tone={TONES[status]}>{t()[status]}</Pill>
      </span>
      {evidence.length > 0 && (
        <ul class="route-evidence" aria-label={t().evidence}>
          <li>{t().sure(percent(confidence))}</li>
          {evidence.map((one) => (
            <li key={one}>{one}</li>
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
                <span class="quiet">{why.join(', ')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
