import { useSignal } from '@preact/signals';
import type { Plan } from '../../../sdk/client.js';
import { Button } from '../../kit/parts/controls.js';
import { money } from '../../kit/language/format.js';
import { Icon } from '../../kit/parts/icons.js';
import { go, wayOn } from '../../kit/frame/router.js';
import { Failed } from '../../kit/parts/states.js';
import { Card, Heading } from '../../kit/parts/surfaces.js';
import { ask, asked, wish } from '../../kit/planning/asked.js';
import { dateName } from '../../kit/planning/figures.js';
import { nameOf } from '../../kit/planning/terms.js';
import { figure, type Wish } from '../../kit/planning/wish.js';
import { Notices } from './made/made.js';
import { clashIn, missIn } from './barred.js';
import { waysOf } from './ways.js';
import { t } from './words.js';

/** No plan: what stands in the way, what would help, and the nearest there is. */
export function Impossible({ plan }: { plan: Plan }) {
  const { failure, clashes, closest } = plan;
  const title = titleOf(plan);
  if (!failure) {
    return (
      <Heading title={title}>
        <Change />
      </Heading>
    );
  }
  return (
    <div class="stack">
      <Heading title={title} lead={failure.reason === 'clash' ? t().impossibleLead : undefined} />
      <Card kind="plan-bars">
        <ul>
          {failure.details.map(({ detail }) => {
            const clash = clashes.find(({ sentence }) => sentence === detail);
            return (
              <li key={detail}>
                <Icon name="warn" />
                <span>
                  {clash?.personId && <b>{clash.personId}: </b>}
                  {clash ? clashIn(clash) : <span lang="en">{detail}</span>}
                  {clash && <span class="quiet small">{clash.isProven ? t().provenNote : t().searchedNote}</span>}
                </span>
              </li>
            );
          })}
        </ul>
        <Ways plan={plan} />
      </Card>
      <Notices notices={plan.notices.filter(({ code }) => !isSaid(code, closest))} />
      {closest && <Closest closest={closest} currency={plan.currency} />}
    </div>
  );
}

/** What the nearest plan says by its cost. */
const isSaid = (code: string, closest: Plan['closest']): boolean =>
  code === 'budget_least' && closest !== null && closest.costCents !== null;

function titleOf({ status, failure }: Plan): string {
  if (status === 'cancelled' || !failure) return t().cancelledTitle;
  if (failure.reason === 'deadline') return t().tooSlow;
  return failure.reason === 'clash' ? t().impossible : t().refused;
}

/** By one press where the wish is still known here, else by the form. */
function Ways({ plan }: { plan: Plan }) {
  const known = asked.value?.id === plan.id ? asked.value.wish : null;
  const busy = useSignal<string | null>(null);
  const error = useSignal<Error | null>(null);
  const again = async (way: string, wanted: Wish) => {
    busy.value = way;
    error.value = null;
    wish.value = wanted;
    try {
      const on = wayOn();
      on(`/plans/${await ask(wanted)}`);
    } catch (problem) {
      error.value = problem as Error;
    }
    busy.value = null;
  };
  const ways = known ? waysOf(plan, known) : [];
  return (
    <div class="stack plan-ways">
      {ways.length > 0 && <h2>{t().ways}</h2>}
      <div class="row">
        {ways.map(({ way, wish: wanted }, at) => (
          <Button
            key={way}
            look={at === 0 ? 'main' : 'plain'}
            busy={busy.value === way}
            disabled={busy.value !== null && busy.value !== way}
            onClick={() => void again(way, wanted)}
          >
            {way === 'withBudget' ? t().withBudget(money((figure(wanted.budget) ?? 0) * 100, plan.currency)) : t()[way]}
          </Button>
        ))}
        <Change />
      </div>
      {error.value && <Failed error={error.value} />}
    </div>
  );
}

const Change = () => (
  <Button icon="plan" onClick={() => go('/plan')}>
    {t().changeWish}
  </Button>
);

/** What misses bands or money alone, never what somebody must not have. */
function Closest({ closest, currency }: { closest: NonNullable<Plan['closest']>; currency: string }) {
  const misses = closest.misses.filter(({ rule }) => rule !== 'budget' || closest.costCents === null);
  return (
    <Card title={t().closest} icon="plan">
      <div class="stack">
        {closest.costCents !== null && <p>{t().closestCost(money(closest.costCents, currency))}</p>}
        {misses.length > 0 && (
          <div>
            <h3>{t().misses}</h3>
            <ul class="plan-notices">
              {misses.map((miss) => {
                const { rule, date, personId, detail } = miss;
                const said = missIn(miss);
                return (
                  <li key={`${rule} ${date} ${personId} ${detail}`}>
                    {[personId, date && dateName(date, 'short')].filter(Boolean).map((part) => (
                      <b key={part}>{part} </b>
                    ))}
                    {said && <>{said} </>}
                    <span lang="en" class={said && 'quiet small'}>
                      {detail}
                    </span>
                  </li>
                );
              })}
            </ul>
          </div>
        )}
        <div class="plan-days">
          {closest.days.map(({ date, meals }) => (
            <section key={date} aria-label={dateName(date)}>
              <h3>{dateName(date)}</h3>
              <ul>
                {meals.map(({ slot, title }) => (
                  <li key={slot} class="plan-meal">
                    <p class="quiet small">{nameOf(slot)}</p>
                    <span lang="en">{title}</span>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </div>
    </Card>
  );
}
