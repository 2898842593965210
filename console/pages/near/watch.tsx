import { useSignal } from '@preact/signals';
import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { Button, LinkButton, TextField } from '../../kit/parts/controls.js';
import { money } from '../../kit/language/format.js';
import { placeFound } from '../../kit/planning/place.js';
import { goodsName } from '../../kit/planning/till.js';
import { figure } from '../../kit/planning/wish.js';
import { Failed } from '../../kit/parts/states.js';
import { Dialog } from '../../kit/parts/surfaces.js';
import { locale } from '../../kit/language/words.js';
import type { Look } from './look.js';
import { watchWords, type Offer } from './offers.js';
import { t } from './words.js';

interface WatchProps {
  /** What was pressed; closed without one. */
  offer: Offer | null;
  look: Look;
  onClose: () => void;
  onCreated: () => void;
}

/** Has shops near there watched for something at a price. */
export function Watch({ offer, look, onClose, onCreated }: WatchProps) {
  return (
    <Dialog title={offer ? t().watchThis(goodsName(offer.name)) : ''} open={offer !== null} onClose={onClose}>
      {offer && <Wanted offer={offer} look={look} onCreated={onCreated} />}
    </Dialog>
  );
}

const amountOf = (cents: number): string =>
  (cents / 100).toLocaleString(locale(), { minimumFractionDigits: 2, useGrouping: false });

function Wanted({ offer, look, onCreated }: Pick<WatchProps, 'look' | 'onCreated'> & { offer: Offer }) {
  const words = useSignal(watchWords(offer.name));
  const price = useSignal(amountOf(offer.priceCents));
  const said = useSignal<string | null>(null);
  const fault = useSignal<string | null>(null);
  const { busy, error, act } = useActing();
  const submit = async (event: Event) => {
    event.preventDefault();
    const near = placeFound(look.place);
    const cents = Math.round((figure(price.value) ?? 0) * 100);
    fault.value = cents > 0 ? null : t().noPrice;
    if (cents <= 0 || !near) return;
    const wanted = words.value.trim();
    const isDone = await act(() =>
      client.priceWatches.create({
        words: wanted,
        near: { ...near, radiusKm: Number(look.radiusKm) },
        below: { cents },
        currency: offer.currency,
      }),
    );
    if (!isDone) return;
    said.value = t().isWatched(wanted, money(cents, offer.currency), t().km(look.radiusKm));
    onCreated();
  };
  if (said.value) {
    return (
      <div class="stack">
        <p role="status">{said.value}</p>
        <div>
          <LinkButton to="/history/watches" icon="bell">
            {t().watches}
          </LinkButton>
        </div>
      </div>
    );
  }
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <p class="quiet">{t().watchLead(look.place, t().km(look.radiusKm))}</p>
      <TextField
        label={t().watchWords}
        hint={t().watchWordsHint}
        required
        maxLength={200}
        value={words.value}
        onInput={(value) => (words.value = value)}
      />
      <TextField
        label={t().watchPrice}
        error={fault.value}
        inputMode="decimal"
        required
        value={price.value}
        onInput={(value) => (price.value = value)}
      />
      <div>
        <Button type="submit" look="main" icon="bell" busy={busy.value}>
          {t().watch}
        </Button>
      </div>
      {error.value && <Failed error={error.value} />}
    </form>
  );
}
