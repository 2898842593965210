import { useSignal } from '@preact/signals';
import type { Plan } from '../../../../sdk/client.js';
import { client } from '../../../kit/client/api.js';
import { Button } from '../../../kit/parts/controls.js';
import { list } from '../../../kit/language/format.js';
import { go, href } from '../../../kit/frame/router.js';
import { Failed } from '../../../kit/parts/states.js';
import { Card, Pill } from '../../../kit/parts/surfaces.js';
import { asked } from '../../../kit/planning/asked.js';
import { dateName } from '../../../kit/planning/figures.js';
import { nameOf } from '../../../kit/planning/terms.js';
import { t as kit } from '../../../kit/planning/words.js';
import { t } from '../words.js';

export type Meal = Plan['days'][number]['meals'][number];

/** Where a meal of a plan is cooked from. */
const mealPath = (planId: string, date: string, { slot }: Meal): string => `/plans/${planId}?meal=${date}.${slot}`;

/** Day by day; each leads to its recipe, and can be swapped for another. */
export function Meals({ plan }: { plan: Plan }) {
  const swapping = useSignal<string | null>(null);
  const error = useSignal<Error | null>(null);
  const swap = async (date: string, { slot }: Meal) => {
    if (swapping.peek() !== null) return;
    swapping.value = `${date} ${slot}`;
    error.value = null;
    try {
      const { id } = await client.plans.swap(plan.id, { date, slot });
      const wanted = asked.peek();
      if (wanted?.id === plan.id) asked.value = { ...wanted, id };
      go(`/plans/${id}`);
    } catch (problem) {
      error.value = problem as Error;
    }
    swapping.value = null;
  };
  return (
    <Card title={t().mealsTitle} icon="plan">
      {error.value && <Failed error={error.value} />}
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
                        {t().noShopHas(list(lacking.foods))}
                      </Pill>
                    )}
                    <Button
                      small
                      look="quiet"
                      icon="again"
                      label={t().swapMeal(meal.title)}
                      busy={swapping.value === key}
                      onClick={() => void swap(date, meal)}
                    />
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
    </Card>
  );
}
