import type { Plan } from '../../../sdk/client.js';
import { money, number } from '../language/format.js';
import { Icon } from '../parts/icons.js';
import { Pill } from '../parts/surfaces.js';
import { clock, dateName, weight } from './figures.js';
import { tillName } from './till.js';
import { t } from './words.js';

type Clearances = NonNullable<Plan['clearances']>;
type Stop = Clearances['stops'][number];
type Line = Stop['lines'][number];

/** Where to shop for a plan, in the order of the way, and what to take there. */
export function Stops({ cleared: { stops, maps, currency } }: { cleared: Clearances }) {
  if (stops.length === 0) return null;
  return (
    <>
      <ol class="plan-stops">
        {stops.map((stop, at) => (
          <li key={stop.shop.storeId}>
            <Shop stop={stop} map={maps.stops[at]} />
            <ul class="plan-list">
              {stop.lines.map((line) => (
                <Bought key={line.ean} line={line} currency={currency} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {maps.route && (
        <a class="button plain" href={maps.route} target="_blank" rel="noreferrer">
          <Icon name="route" /> {t().way}
        </a>
      )}
    </>
  );
}

function Shop({ stop: { shop, arrivesAt }, map }: { stop: Stop; map: string | undefined }) {
  const place = [shop.street, [shop.postalCode, shop.city].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  const isTold = shop.opensAt !== null && shop.closesAt !== null;
  return (
    <div class="plan-shop">
      <h3>{shop.name}</h3>
      {map && (
        <a class="small" href={map} target="_blank" rel="noreferrer" aria-label={t().shopOnMap(shop.name)}>
          {t().onMap}
        </a>
      )}
      <p class="quiet small">
        {place}
        <br />
        {t().there(clock(arrivesAt))} · {isTold ? t().hours(clock(shop.opensAt!), clock(shop.closesAt!)) : t().noHours}
      </p>
    </div>
  );
}

function Bought({ line, currency }: { line: Line; currency: string }) {
  const { bought, packGrams, usedGrams, useBy, isUseByAssumed, mayBeGone, isStale, isFrozen, match, food } = line;
  const date = dateName(useBy, 'short');
  return (
    <li>
      <b lang="da">{t().packs(number(bought), tillName(line.name))}</b>
      <span class="number plan-price">{money(line.paidCents, currency)}</span>
      <span class="quiet small">
        {isUseByAssumed ? t().useByAssumed(date) : t().useBy(date)}
        <br />
        {t().usedOf(weight(usedGrams), weight(bought * packGrams))}
      </span>
      <s class="quiet small number">
        <span class="unseen">{t().was('')}</span>
        {money(bought * line.regularCents, currency)}
      </s>
      <span class="row plan-warnings">
        <Gone mayBeGone={mayBeGone} isStale={isStale} />
        {isFrozen && <Pill tone="info">{t().freezeIt}</Pill>}
        {match === 'stand_in' && <Pill>{t().standsIn(food)}</Pill>}
      </span>
    </li>
  );
}

/** How sure it is that something is still there; nothing where it most likely is. */
export function Gone({ mayBeGone, isStale }: Pick<Line, 'mayBeGone' | 'isStale'>) {
  return (
    <>
      {(mayBeGone === 'possible' || mayBeGone === 'likely') && (
        <Pill tone={mayBeGone === 'likely' ? 'warn' : 'plain'}>{t()[`gone_${mayBeGone}`]}</Pill>
      )}
      {isStale && (
        <Pill tone="warn" icon="clock">
          {t().stale}
        </Pill>
      )}
    </>
  );
}
