import { useSignal } from '@preact/signals';
import { LoopGPTError } from '../../../sdk/client.js';
import { Address, address, addressLine } from '../../kit/address.js';
import { client } from '../../kit/api.js';
import { Button, CheckBox, Segmented, Slider, TextField } from '../../kit/controls.js';
import { go } from '../../kit/router.js';
import { Failed } from '../../kit/states.js';
import { Card, Heading } from '../../kit/surfaces.js';
import { language } from '../../kit/words.js';
import { asked, tell, wish } from './asked.js';
import { Chips } from './chips.js';
import { People } from './people.js';
import { RecentPlans } from './recent.js';
import { ALLERGENS, DIETS, MICRONUTRIENTS, nameOf, named } from './terms.js';
import { bodyOf, figure, twins, type Wish } from './wish.js';
import { t } from './words.js';

/** Asks for a plan and goes to it. Rejects with what the API refused. */
export async function ask(wanted: Wish): Promise<void> {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const body = bodyOf(wanted, { address: address.peek(), language: language.peek(), timezone });
  const { id } = await client.plans.create(body);
  asked.value = { id, wish: wanted };
  go(`/plans/${id}`);
}

const MEALS = ['2', '3', '4', '5', '6'] as const;
const SHOWN_BELOW_ITS_FIELD = ['people', 'diets', 'allergens', 'dislikes', 'budgetCents', 'maxMinutes', 'clearances'];

/** Who eats, what they may have, what it may cost. */
export function Form() {
  const busy = useSignal(false);
  const error = useSignal<Error | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.peek()) return;
    busy.value = true;
    error.value = null;
    try {
      await ask(wish.peek());
    } catch (problem) {
      error.value = problem as Error;
    }
    busy.value = false;
  };
  const { people } = wish.value;
  const isReady = people.length > 0 && twins(people).size === 0 && people.every((one) => figure(one.ageYears) !== null);
  const faultOf = (field: string) => faultsOf(error.value, field).join(' ') || null;
  const isTold =
    error.value instanceof LoopGPTError &&
    error.value.errors.length > 0 &&
    error.value.errors.every(({ pointer }) => SHOWN_BELOW_ITS_FIELD.includes(pointer.split('/')[1] ?? ''));
  return (
    <div class="stack">
      <Heading title={t().title} lead={t().lead} />
      <div class="plan-columns">
        <form class="stack" onSubmit={(event) => void submit(event)} noValidate>
          <Card title={t().people} icon="people">
            <People fault={faultOf('people')} />
          </Card>
          <Food faultOf={faultOf} />
          <Money faultOf={faultOf} />
          {error.value && !isTold && <Failed error={error.value} />}
          <div class="row plan-go">
            <Button type="submit" look="main" icon="plan" busy={busy.value} disabled={!isReady}>
              {busy.value ? t().asking : t().make}
            </Button>
            {isTold && (
              <p class="fault" role="alert">
                {(error.value as LoopGPTError).message}
              </p>
            )}
          </div>
        </form>
        <RecentPlans />
      </div>
    </div>
  );
}

/** What the API says of one field, in its words. */
const faultsOf = (error: Error | null, field: string): string[] =>
  error instanceof LoopGPTError
    ? error.errors.filter(({ pointer }) => pointer.split('/')[1] === field).map(({ detail }) => detail)
    : [];

interface PartProps {
  faultOf: (field: string) => string | null;
}

function Food({ faultOf }: PartProps) {
  const { days, mealsPerDay, diets, allergens, moreAllergens, dislikes, micronutrients, maxMinutes } = wish.value;
  return (
    <Card title={t().food} icon="plan">
      <div class="stack plan-food">
        <div class="plan-pair">
          <Slider
            label={t().days}
            min={1}
            max={14}
            step={1}
            value={days}
            said={t().daysSaid(days)}
            onInput={(told) => tell({ days: told })}
          />
          <div class="field">
            <span class="plan-label" aria-hidden="true">
              {t().meals}
            </span>
            <Segmented
              label={t().meals}
              value={String(mealsPerDay)}
              choices={MEALS.map((count) => ({ value: count, label: count }))}
              onChange={(told) => tell({ mealsPerDay: Number(told) })}
            />
          </div>
        </div>
        <Chips
          label={t().diets}
          error={faultOf('diets')}
          choices={Object.entries(DIETS).map(([value, names]) => ({ value, label: named(names) }))}
          chosen={diets}
          onChange={(told) => tell({ diets: told })}
        />
        <Chips
          label={t().allergens}
          choices={Object.entries(ALLERGENS).map(([value, names]) => ({ value, label: named(names) }))}
          chosen={allergens}
          onChange={(told) => tell({ allergens: told })}
        />
        <div class="plan-pair">
          <TextField
            label={t().moreAllergens}
            hint={t().moreAllergensHint}
            error={faultOf('allergens')}
            value={moreAllergens}
            onInput={(told) => tell({ moreAllergens: told })}
          />
          <TextField
            label={t().dislikes}
            hint={t().dislikesHint}
            error={faultOf('dislikes')}
            value={dislikes}
            onInput={(told) => tell({ dislikes: told })}
          />
        </div>
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
                error={faultOf('maxMinutes')}
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

function Money({ faultOf }: PartProps) {
  const { currency, budget, pantryStaples, countLeftovers, isRouted, near } = wish.value;
  return (
    <Card title={t().moneyTitle} icon="basket">
      <div class="stack">
        <div class="plan-pair">
          <TextField
            label={t().budget(currency === 'USD' ? '$' : 'kr.')}
            error={faultOf('budgetCents')}
            inputMode="decimal"
            placeholder={t().noBudget}
            value={budget}
            onInput={(told) => tell({ budget: told })}
          />
          <div class="field">
            <span class="plan-label" aria-hidden="true">
              {t().prices}
            </span>
            <Segmented<'USD' | 'DKK'>
              label={t().prices}
              value={currency}
              choices={[
                { value: 'USD', label: t().usd },
                { value: 'DKK', label: t().dkk },
              ]}
              onChange={(told) => told && tell({ currency: told })}
            />
          </div>
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
              error={faultOf('clearances')}
              inputMode="numeric"
              autocomplete="postal-code"
              placeholder="2100"
              maxLength={12}
              value={near}
              onInput={(told) => tell({ near: told })}
            />
          </div>
        )}
      </div>
    </Card>
  );
}
