import { useSignal } from '@preact/signals';
import { Address, addressLine } from '../../kit/parts/address.js';
import { CheckBox, SegmentedField, TextField } from '../../kit/parts/controls.js';
import { showFault } from '../../kit/parts/show-fault.js';
import { wayOn } from '../../kit/frame/router.js';
import { Failed } from '../../kit/parts/states.js';
import { Card, Heading } from '../../kit/parts/surfaces.js';
import { ask, tell, wish } from '../../kit/planning/asked.js';
import { Chips } from '../../kit/planning/chips.js';
import { Days } from '../../kit/planning/days.js';
import { faultsIn, type Faults } from '../../kit/planning/faults.js';
import { Make } from '../../kit/planning/make.js';
import { Needs } from '../../kit/planning/needs.js';
import { People } from '../../kit/planning/people.js';
import { MICRONUTRIENTS, nameOf } from '../../kit/planning/terms.js';
import { t as kit } from '../../kit/planning/words.js';
import { RecentPlans } from './recent.js';
import { t } from './words.js';

const SHOWN_BELOW_ITS_FIELD = ['people', 'diets', 'allergens', 'dislikes', 'budgetCents', 'maxMinutes', 'clearances'];

/** Who eats, what they may have, what it may cost. */
export function Form() {
  const busy = useSignal(false);
  const error = useSignal<Error | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLElement;
    if (busy.peek()) return;
    busy.value = true;
    error.value = null;
    try {
      const on = wayOn();
      on(`/plans/${await ask(wish.peek())}`);
    } catch (problem) {
      error.value = problem as Error;
      requestAnimationFrame(() => showFault(form));
    }
    busy.value = false;
  };
  const faults = faultsIn(error.value);
  const isTold = faults.areOf(SHOWN_BELOW_ITS_FIELD);
  return (
    <div class="stack">
      <Heading title={t().title} lead={t().lead} />
      <div class="plan-columns">
        <form class="stack" onSubmit={(event) => void submit(event)} noValidate>
          <Card title={kit().people} icon="people">
            <People fault={faults.of('people')} />
          </Card>
          <Food faults={faults} />
          <Money faults={faults} />
          {error.value && !isTold && <Failed error={error.value} />}
          <div class="row plan-go">
            <Make busy={busy.value} label={t().make} />
            {isTold && (
              <p class="fault" role="alert">
                {t().marked}
              </p>
            )}
          </div>
        </form>
        <RecentPlans />
      </div>
    </div>
  );
}

interface PartProps {
  faults: Faults;
}

function Food({ faults }: PartProps) {
  const { micronutrients, maxMinutes } = wish.value;
  return (
    <Card title={t().food} icon="plan">
      <div class="stack plan-food">
        <Days />
        <Needs faults={faults} />
        <details class="plan-more">
          <summary>{t().moreWishes}</summary>
          <div class="stack">
            <Chips
              label={t().micronutrients}
              choices={MICRONUTRIENTS.map((value) => ({ value, label: nameOf(value) }))}
              chosen={micronutrients}
              onChange={(told) => tell({ micronutrients: told })}
            />
            <div class="plan-pair">
              <TextField
                label={t().maxMinutes}
                error={faults.of('maxMinutes')}
                type="number"
                inputMode="numeric"
                min={5}
                max={600}
                placeholder={t().noBudget}
                value={maxMinutes}
                onInput={(told) => tell({ maxMinutes: told })}
              />
            </div>
          </div>
        </details>
      </div>
    </Card>
  );
}

function Money({ faults }: PartProps) {
  const { currency, budget, pantryStaples, countLeftovers, isRouted, clearing } = wish.value;
  return (
    <Card title={t().moneyTitle} icon="basket">
      <div class="stack">
        <div class="plan-pair">
          <TextField
            label={t().budget(currency === 'USD' ? '$' : 'kr.')}
            error={faults.of('budgetCents')}
            inputMode="decimal"
            placeholder={t().noBudget}
            value={budget}
            onInput={(told) => tell({ budget: told })}
          />
          <SegmentedField<'USD' | 'DKK'>
            label={t().prices}
            value={currency}
            choices={[
              { value: 'USD', label: t().usd },
              { value: 'DKK', label: t().dkk },
            ]}
            onChange={(told) => told && tell({ currency: told })}
          />
        </div>
        <CheckBox label={t().staples} checked={pantryStaples} onChange={(on) => tell({ pantryStaples: on })} />
        <CheckBox label={t().leftovers} checked={countLeftovers} onChange={(on) => tell({ countLeftovers: on })} />
        {currency === 'USD' ? (
          <>
            <CheckBox label={t().route} checked={isRouted} onChange={(on) => tell({ isRouted: on })} />
            {isRouted && (
              <details class="plan-more">
                <summary>{addressLine()}</summary>
                <Address />
              </details>
            )}
          </>
        ) : (
          <div class="plan-pair">
            <TextField
              label={t().near}
              error={faults.of('clearances')}
              autocomplete="postal-code"
              placeholder="2100"
              maxLength={120}
              value={clearing.near}
              onInput={(near) => tell({ clearing: { ...clearing, near } })}
            />
          </div>
        )}
      </div>
    </Card>
  );
}
