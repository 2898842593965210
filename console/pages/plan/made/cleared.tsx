import type { Plan } from '../../../../sdk/client.js';
import { money, number } from '../../../kit/format.js';
import { Card, Pill } from '../../../kit/surfaces.js';
import { dateName } from '../figures.js';
import { t } from '../words.js';

/** What shops nearby clear, shop by shop, where the way to them pays. */
export function Cleared({ cleared }: { cleared: NonNullable<Plan['clearances']> }) {
  const { currency, sentence, stops, maps } = cleared;
  return (
    <Card title={t().cleared} icon="near">
      <div class="stack">
        <p>{sentence}</p>
        {stops.map(({ shop, lines }) => (
          <section key={shop.storeId}>
            <h3>{shop.name}</h3>
            <p class="quiet small">{[shop.street, shop.city].filter(Boolean).join(', ')}</p>
            <ul class="plan-list">
              {lines.map((line) => (
                <li key={line.ean}>
                  <b>{t().packs(number(line.bought), line.name)}</b>
                  <span class="number plan-price">{money(line.paidCents, currency)}</span>
                  <span class="quiet small">
                    {t().clearedBy(dateName(line.useBy, 'short'))}, {t().insteadOf(money(line.regularCents, currency))}
                  </span>
                  {line.mayBeGone === 'likely' && <Pill tone="warn">{line.mayBeGone}</Pill>}
                </li>
              ))}
            </ul>
          </section>
        ))}
        {maps.route && (
          <a href={maps.route} target="_blank" rel="noreferrer">
            {t().way}
          </a>
        )}
      </div>
    </Card>
  );
}
