import { useSignal } from '@preact/signals';
import { client } from '../../kit/client/api.js';
import { Button } from '../../kit/parts/controls.js';
import { ago, list, money, number, percent } from '../../kit/language/format.js';
import { useLoad } from '../../kit/client/loading.js';
import { clock, dateName } from '../../kit/planning/figures.js';
import { goodsName, tillName } from '../../kit/planning/till.js';
import { nameOf } from '../../kit/planning/terms.js';
import { Gone } from '../../kit/planning/stops.js';
import { may } from '../../kit/client/session.js';
import { Card, Pill } from '../../kit/parts/surfaces.js';
import type { Look } from './look.js';
import { byShop, openingOf, savedShare, watchWords, type Offer } from './offers.js';
import { Watch } from './watch.js';
import { t } from './words.js';

/** Shop by shop where the nearest comes first, else one by one. */
export function Offers({ offers, look }: { offers: readonly Offer[]; look: Look }) {
  const watches = useLoad(may('imports:read') ? 'watches' : null, (signal) =>
    client.priceWatches.list({ limit: 100 }, { signal }),
  );
  const watched = new Set(watches.now.value.value?.data.map(({ words }) => words));
  const watching = useSignal<Offer | null>(null);
  const row = (offer: Offer, isNamed: boolean) => (
    <Row
      key={`${offer.sourceId} ${offer.store.id} ${offer.ean}`}
      offer={offer}
      isNamed={isNamed}
      isWatched={watched.has(watchWords(offer.name))}
      watch={() => (watching.value = offer)}
    />
  );
  return (
    <>
      {look.by === 'distance' ? (
        byShop(offers).map(({ store, offers: some }) => (
          <Card key={store.id} title={store.name} icon="near" beside={<Distance offer={some[0]!} />}>
            <p class="quiet small near-shop">
              {addressOf(store)}
              <br />
              {hoursSaid(store)}
            </p>
            <ul class="near-offers">{some.map((offer) => row(offer, false))}</ul>
          </Card>
        ))
      ) : (
        <Card>
          <ul class="near-offers">{offers.map((offer) => row(offer, true))}</ul>
        </Card>
      )}
      <Watch offer={watching.value} look={look} onClose={() => (watching.value = null)} onCreated={watches.again} />
    </>
  );
}

const addressOf = ({ street, postalCode, city }: Offer['store']): string =>
  [street, [postalCode, city].filter(Boolean).join(' ')].filter(Boolean).join(', ');

function hoursSaid(store: Offer['store']): string {
  const opening = openingOf(store, Date.now());
  if (!opening) return t().noHours;
  return opening.isOpen ? t().openUntil(clock(opening.at)) : t().opens(clock(opening.at));
}

function Distance({ offer: { distanceKm, precision } }: { offer: Offer }) {
  if (distanceKm === null) return <span class="quiet small">{t().noDistance}</span>;
  const said = t().km(number(distanceKm, 1));
  return <span class="number quiet">{precision === 'point' ? said : t().about(said)}</span>;
}

interface RowProps {
  offer: Offer;
  /** With the shop. */
  isNamed: boolean;
  isWatched: boolean;
  watch: () => void;
}

const SOON_MS = 4 * 3_600_000;

function Row({ offer, isNamed, isWatched, watch }: RowProps) {
  const { name, store, priceCents, regularPriceCents, currency, stock, stockUnit, buyBy, useBy, read } = offer;
  const by = stockUnit === 'kg' ? t().perKg : '';
  const share = savedShare(offer);
  const isSoon = buyBy !== null && Date.parse(buyBy) - Date.now() < SOON_MS;
  const { certain } = read.allergens;
  const said = [
    stockUnit === 'kg' ? t().kgLeft(number(stock, 1)) : t().left(stock),
    ...(useBy ? [t().useByAssumed(dateName(useBy.date, 'short'))] : []),
    ...(certain.length > 0 ? [t().contains(list(certain.map(nameOf)))] : []),
  ];
  return (
    <li>
      <div class="near-what">
        <b lang="da">{tillName(name)}</b>
        {isNamed && (
          <p class="small">
            {store.name} · <Distance offer={offer} />
          </p>
        )}
        <p class="quiet small">
          {buyBy && <span class={isSoon ? 'near-soon' : ''}>{t().ends(ago(buyBy))}</span>}
          {said.map((fact) => ` · ${fact}`)}
        </p>
        <div class="row plan-warnings">
          <Gone mayBeGone={offer.mayBeGone} isStale={offer.isStale} />
          {read.isOrganic && <Pill tone="good">{t().organic}</Pill>}
        </div>
      </div>
      <div class="near-price">
        <span class="near-now number">
          {money(priceCents, currency)}
          {by}
        </span>
        {regularPriceCents !== null && (
          <span class="number small">
            <s class="quiet">
              <span class="unseen">{t().before} </span>
              {money(regularPriceCents, currency)}
            </s>{' '}
            {share !== null && <b class="near-off">−{percent(share)}</b>}
          </span>
        )}
        {may('imports:write') && (
          <Button
            small
            look="quiet"
            icon={isWatched ? 'check' : 'bell'}
            label={isWatched ? t().watchedThis(goodsName(name)) : t().watchThis(goodsName(name))}
            onClick={watch}
          />
        )}
      </div>
    </li>
  );
}
