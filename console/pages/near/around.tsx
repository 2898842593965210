import { useEffect } from 'preact/hooks';
import { LoopGPTError, type OfferList } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { Button, LinkButton } from '../../kit/parts/controls.js';
import { ago, number } from '../../kit/language/format.js';
import { keptText } from '../../kit/frame/kept.js';
import { useEvery, useLoad, type Loading } from '../../kit/client/loading.js';
import { placeFound } from '../../kit/planning/place.js';
import { go, place } from '../../kit/frame/router.js';
import { Empty, Shown } from '../../kit/parts/states.js';
import { Card, Heading, Pill } from '../../kit/parts/surfaces.js';
import { Filters } from './filters.js';
import { lookOf, pathOf, RADII, type Look } from './look.js';
import { chainsIn, wantedOf } from './offers.js';
import { Offers } from './offer-list.js';
import { PlaceForm } from './place-form.js';
import { t } from './words.js';

const EVERY_MS = 60_000;
/** Where the simulated shops are, too. */
const SAMPLES = ['8000 Aarhus C', '2200 København N'] as const;

/** What shops near a place clear. The place and all else that is looked for stand in the address. */
export function Around() {
  const look = lookOf(place.value.query);
  const found = look.place ? placeFound(look.place) : null;
  const km = Number(look.radiusKm);
  const offers = useLoad(found && JSON.stringify([found, km]), (signal) =>
    client.offers.find({ ...found, radiusKm: km }, { signal, retries: 0 }),
  );
  useEvery(found ? EVERY_MS : null, offers.again);
  const known = keptText('near');
  useEffect(() => {
    if (!look.place && known) go(pathOf({ ...look, place: known }), { replace: true });
  }, [look.place]);
  const { error } = offers.now.value;
  const isUnread = error instanceof LoopGPTError && error.code === 'offers_place_unread';
  const fault = look.place && !found ? t().noCode : isUnread ? t().unknownPlace : null;
  return (
    <div class="stack">
      <Heading title={t().title} lead={t().lead} />
      <PlaceForm look={look} fault={fault} />
      {!look.place && <Samples look={look} />}
      {found && !isUnread && (
        <Shown of={offers} rows={8}>
          {(list) => <Found list={list} look={look} offers={offers} />}
        </Shown>
      )}
    </div>
  );
}

function Samples({ look }: { look: Look }) {
  return (
    <Empty icon="near" title={t().noPlace}>
      <div class="row near-samples">
        {SAMPLES.map((sample) => (
          <LinkButton key={sample} small to={pathOf({ ...look, place: sample })}>
            {sample}
          </LinkButton>
        ))}
      </div>
    </Empty>
  );
}

function Found({ list, look, offers }: { list: OfferList; look: Look; offers: Loading<OfferList> }) {
  const wanted = wantedOf(list.data, look, Date.now());
  const shops = new Set(wanted.map(({ store }) => store.id)).size;
  const isStale = list.data.some((offer) => offer.isStale);
  const next = RADII[RADII.indexOf(look.radiusKm) + 1];
  if (list.data.length === 0) {
    return (
      <Empty icon="near" title={t().nothing(look.radiusKm)}>
        {next && <LinkButton to={pathOf({ ...look, radiusKm: next })}>{t().farther(next)}</LinkButton>}
      </Empty>
    );
  }
  return (
    <>
      <Filters look={look} chains={chainsIn(list.data)} />
      {isStale && (
        <p class="near-stale" role="alert">
          {t().stale(ago(list.data[0]!.seenAt))}
        </p>
      )}
      {wanted.length > 0 ? (
        <>
          <div class="row spread">
            <p class="row" role="status">
              <b>{t().found(wanted.length, shops)}</b>
              {list.simulated && <Pill tone="info">{t().simulated}</Pill>}
            </p>
            <LinkButton to={pathOf(look, '/plan')} look="main" icon="plan">
              {t().planThese}
            </LinkButton>
          </div>
          <Offers offers={wanted} look={look} />
        </>
      ) : (
        <Card>
          <Empty icon="search" title={look.openNow ? t().allClosed : t().filteredOut(number(list.data.length))}>
            <LinkButton to={pathOf({ ...look, chains: [], openNow: false })}>{t().showAll}</LinkButton>
          </Empty>
        </Card>
      )}
      <p class="quiet small">{t().assumed}</p>
      <p class="row quiet small">
        {t().seen(ago(list.data[0]!.seenAt))}
        <Button small look="quiet" icon="again" busy={offers.now.value.loading} onClick={offers.again}>
          {t().refresh}
        </Button>
      </p>
    </>
  );
}
