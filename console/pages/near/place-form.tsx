import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button, SegmentedField, TextField } from '../../kit/parts/controls.js';
import { keep } from '../../kit/frame/kept.js';
import { go, wayOn } from '../../kit/frame/router.js';
import { Card } from '../../kit/parts/surfaces.js';
import { pathOf, RADII, type Look, type Radius } from './look.js';
import { t } from './words.js';

/** A hundred metres: near enough, and no house. */
const DIGITS = 3;

/** Where, and how far from there. */
export function PlaceForm({ look, fault }: { look: Look; fault: string | null }) {
  const text = useSignal(look.place);
  useEffect(() => void (text.value = look.place), [look.place]);
  const unlocated = useSignal(false);
  const busy = useSignal(false);
  const find = (place: string, on: (path: string) => void = go) => {
    keep('near', place);
    on(pathOf({ ...look, place }));
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.value.trim()) find(text.value.trim());
  };
  const locate = () => {
    busy.value = true;
    unlocated.value = false;
    const on = wayOn();
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        busy.value = false;
        find(`${latitude.toFixed(DIGITS)},${longitude.toFixed(DIGITS)}`, on);
      },
      () => {
        busy.value = false;
        unlocated.value = true;
      },
      { timeout: 10_000 },
    );
  };
  return (
    <Card>
      <form class="near-place" onSubmit={submit}>
        <TextField
          label={t().where}
          hint={t().whereHint}
          error={unlocated.value ? t().unlocated : fault}
          placeholder={t().wherePlaceholder}
          autocomplete="postal-code"
          maxLength={120}
          value={text.value}
          onInput={(value) => (text.value = value)}
        />
        <SegmentedField<Radius>
          label={t().within}
          value={look.radiusKm}
          choices={RADII.map((km) => ({ value: km, label: t().km(km) }))}
          onChange={(radiusKm) => radiusKm && go(pathOf({ ...look, radiusKm }), { replace: true })}
        />
        <div class="row near-go">
          <Button type="submit" icon="search">
            {t().find}
          </Button>
          <Button look="quiet" icon="near" busy={busy.value} onClick={locate}>
            {t().here}
          </Button>
        </div>
      </form>
    </Card>
  );
}
