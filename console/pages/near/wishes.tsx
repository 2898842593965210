import { useActing } from '../../kit/client/acting.js';
import { CheckBox, LinkButton, SegmentedField, TextField } from '../../kit/parts/controls.js';
import { list } from '../../kit/language/format.js';
import { ask, tell, wish } from '../../kit/planning/asked.js';
import { Days } from '../../kit/planning/days.js';
import { faultsIn } from '../../kit/planning/faults.js';
import { Make } from '../../kit/planning/make.js';
import { Needs } from '../../kit/planning/needs.js';
import { People } from '../../kit/planning/people.js';
import type { Clearing } from '../../kit/planning/wish.js';
import { t as kit } from '../../kit/planning/words.js';
import { href, place, wayOn } from '../../kit/frame/router.js';
import { Empty, Failed, Refusal } from '../../kit/parts/states.js';
import { showFault } from '../../kit/parts/show-fault.js';
import { Card, Heading } from '../../kit/parts/surfaces.js';
import { chainName } from './chains.js';
import { lookOf, pathOf } from './look.js';
import { t } from './words.js';

const STOPS = ['1', '2', '3', '4', '5'] as const;
const SHOWN_BELOW_ITS_FIELD = ['people', 'diets', 'allergens', 'dislikes'];

/** Who eats, what, and how far one goes for it. */
export function Wishes() {
  const look = lookOf(place.value.query);
  const { busy, error, act } = useActing();
  const { clearing } = wish.value;
  const change = (part: Partial<Clearing>) => tell({ clearing: { ...wish.peek().clearing, ...part } });
  const submit = async (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLElement;
    const { place: near, radiusKm, chains } = look;
    // A budget that was told elsewhere is not seen here, and may be one in dollars.
    tell({
      currency: 'DKK',
      budget: '',
      clearing: { ...wish.peek().clearing, near, radiusKm: Number(radiusKm), chains },
    });
    let id = '';
    const on = wayOn();
    const isDone = await act(async () => void (id = await ask(wish.peek())));
    if (isDone) on(pathOf(look, `/${id}`));
    else requestAnimationFrame(() => showFault(form));
  };
  const faults = faultsIn(error.value);
  if (!look.place) {
    return (
      <Empty icon="near" title={t().placeFirst}>
        <LinkButton to="/near">{t().toList}</LinkButton>
      </Empty>
    );
  }
  const where = t().around(look.place, t().km(look.radiusKm));
  return (
    <div class="stack">
      <Heading
        title={t().wishesTitle}
        lead={
          <>
            {look.chains.length > 0 ? t().aroundAt(where, list(look.chains.map(chainName))) : where}{' '}
            <a href={href(pathOf(look))}>{t().change}</a>
          </>
        }
      />
      <form class="stack" onSubmit={(event) => void submit(event)} noValidate>
        <Card title={kit().people} icon="people">
          <People fault={faults.of('people')} />
        </Card>
        <Card title={t().meals} icon="plan">
          <div class="stack">
            <Days />
            <Needs faults={faults} />
          </div>
        </Card>
        <Card title={t().trip} icon="route">
          <div class="stack">
            <div class="plan-pair">
              <SegmentedField
                label={t().maxStops}
                value={String(clearing.maxStops)}
                choices={STOPS.map((count) => ({ value: count, label: count }))}
                onChange={(count) => change({ maxStops: Number(count) })}
              />
              <TextField
                label={t().perKm}
                hint={t().perKmHint}
                inputMode="decimal"
                placeholder="2"
                maxLength={6}
                value={clearing.perKm}
                onInput={(perKm) => change({ perKm })}
              />
            </div>
            <CheckBox label={t().freeze} checked={clearing.freeze} onChange={(freeze) => change({ freeze })} />
          </div>
        </Card>
        {error.value && !faults.areOf(SHOWN_BELOW_ITS_FIELD) && <Failed error={error.value} />}
        <div class="row">
          <Make busy={busy.value} label={t().make} />
          {error.value && faults.areOf(SHOWN_BELOW_ITS_FIELD) && (
            <p class="fault" role="alert">
              <Refusal error={error.value} />
            </p>
          )}
        </div>
      </form>
    </div>
  );
}
