import { useSignal } from '@preact/signals';
import type { Plan } from '../../../../sdk/client.js';
import { may } from '../../../kit/client/session.js';
import { Button } from '../../../kit/parts/controls.js';
import { foreign, Mixed } from '../../../kit/language/foreign.js';
import { list } from '../../../kit/language/format.js';
import { href } from '../../../kit/frame/router.js';
import { Card, Pill } from '../../../kit/parts/surfaces.js';
import { dateName } from '../../../kit/planning/figures.js';
import { nameOf } from '../../../kit/planning/terms.js';
import { t as kit } from '../../../kit/planning/words.js';
import { t } from '../words.js';
import { Swap, type Swapped } from './swap.js';

export type Meal = Plan['days'][number]['meals'][number];

/** Where a meal of a plan is cooked from. */
const mealPath = (planId: string, date: string, { slot }: Meal): string => `/plans/${planId}?meal=${date}.${slot}`;

/** Day by day; each leads to its recipe, and can be swapped for another. */
export function Meals({ plan }: { plan: Plan }) {
  const swapping = useSignal<Swapped | null>(null);
  return (
    <Card title={t().mealsTitle} icon="plan">
      <div class="plan-days">
        {plan.days.map(({ date, meals }) => (
          <section key={date} aria-label={dateName(date)}>
            <h3>{dateName(date)}</h3>
            <ul>
              {meals.map((meal) => {
                const key = `${date} ${meal.slot}`;
                const lacking = plan.swapReasons.find((reason) => `${reason.date} ${reason.slot}` === key);
                return (
                  <li key={key} class="plan-meal">
                    <p class="quiet small">
                      {nameOf(meal.slot)} · {kit().minutes(meal.minutes)}
                    </p>
                    <a href={href(mealPath(plan.id, date, meal))} lang="en">
                      {meal.title}
                    </a>
                    {lacking && (
                      <Pill tone="warn" icon="warn">
                        <Mixed text={t().noShopHas(list(lacking.foods.map(foreign)))} />
                      </Pill>
                    )}
                    {may('plans:write') && (
                      <Button
                        small
                        look="quiet"
                        icon="again"
                        label={t().swapMeal(meal.title)}
                        onClick={() => (swapping.value = { date, slot: meal.slot, title: meal.title })}
                      />
                    )}
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
      <Swap plan={plan} meal={swapping.value} onClose={() => (swapping.value = null)} />
    </Card>
  );
}
