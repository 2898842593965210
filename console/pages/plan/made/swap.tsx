import type { Plan } from '../../../../sdk/client.js';
import { useActing } from '../../../kit/client/acting.js';
import { client } from '../../../kit/client/api.js';
import { useLoad } from '../../../kit/client/loading.js';
import { wayOn } from '../../../kit/frame/router.js';
import { foreign } from '../../../kit/language/foreign.js';
import { money } from '../../../kit/language/format.js';
import { Empty, Failed, Shown } from '../../../kit/parts/states.js';
import { Dialog } from '../../../kit/parts/surfaces.js';
import { asked } from '../../../kit/planning/asked.js';
import { dateName } from '../../../kit/planning/figures.js';
import { nameOf } from '../../../kit/planning/terms.js';
import { t as kit } from '../../../kit/planning/words.js';
import { t } from '../words.js';
import { cheapestFirst } from './swaps.js';

export interface Swapped {
  date: string;
  slot: Plan['days'][number]['meals'][number]['slot'];
  title: string;
}

interface SwapProps {
  plan: Plan;
  /** The meal; null while none is swapped. */
  meal: Swapped | null;
  onClose: () => void;
}

/** What a meal may become, with what each choice changes; one press takes it. */
export function Swap({ plan, meal, onClose }: SwapProps) {
  return (
    <Dialog title={meal ? t().insteadOf(foreign(meal.title)) : ''} open={meal !== null} onClose={onClose}>
      {meal && <Choices plan={plan} meal={meal} onClose={onClose} />}
    </Dialog>
  );
}

function Choices({ plan, meal: { date, slot }, onClose }: SwapProps & { meal: Swapped }) {
  const choices = useLoad(`${plan.id} ${date} ${slot}`, (signal) =>
    client.plans.swaps(plan.id, { date, slot }, { signal }),
  );
  const { busy, error, act } = useActing();
  const take = (recipeId: string) =>
    act(async () => {
      const on = wayOn();
      const { id } = await client.plans.swap(plan.id, { date, slot, recipeId });
      const wanted = asked.peek();
      if (wanted?.id === plan.id) asked.value = { ...wanted, id };
      onClose();
      on(`/plans/${id}`);
    });
  return (
    <div class="stack">
      <p class="quiet">
        {nameOf(slot)}, {dateName(date)}. {t().swapLead} {t().swapOrder}
      </p>
      <Shown of={choices} rows={6}>
        {({ options, currency, isAll }) =>
          options.length === 0 ? (
            <Empty icon="plan" title={isAll ? t().noOther : t().noneInTime} />
          ) : (
            <ul class="plan-choices" aria-busy={busy.value}>
              {cheapestFirst(options).map(({ recipeId, title, minutes, differenceCents }) => (
                <li key={recipeId}>
                  <button type="button" disabled={busy.value} onClick={() => void take(recipeId)}>
                    <b lang="en">{title}</b>
                    <span class="quiet small">
                      {kit().minutes(minutes)}
                      {differenceCents !== null && ` · ${differenceOf(differenceCents, currency)}`}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      {error.value && <Failed error={error.value} />}
    </div>
  );
}

function differenceOf(cents: number, currency: string): string {
  if (cents === 0) return t().sameCost;
  return cents > 0 ? t().dearer(money(cents, currency)) : t().cheaper(money(-cents, currency));
}
