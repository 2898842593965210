import { useSignal } from '@preact/signals';
import type { Plan } from '../../../../sdk/client.js';
import { Button, LinkButton } from '../../../kit/parts/controls.js';
import { number } from '../../../kit/language/format.js';
import { Empty } from '../../../kit/parts/states.js';
import { Card, Facts, Heading } from '../../../kit/parts/surfaces.js';
import { dateName, weight } from '../../../kit/planning/figures.js';
import { nameOf } from '../../../kit/planning/terms.js';
import { t as kit } from '../../../kit/planning/words.js';
import { t } from '../words.js';
import type { Meal } from './meals.js';

/** One meal as it is cooked, on the screen beside the stove or on paper. `meal`: "2026-11-29.dinner". */
export function Cook({ plan, meal: named }: { plan: Plan; meal: string }) {
  const [date = '', slot] = named.split('.');
  const meal = plan.days.find((day) => day.date === date)?.meals.find((one) => one.slot === slot);
  const back = (
    <LinkButton to={`/plans/${plan.id}`} icon="plan">
      {t().backToPlan}
    </LinkButton>
  );
  if (!meal?.recipe) {
    return (
      <Empty icon="plan" title={meal ? t().noRecipe : t().noMeal}>
        {back}
      </Empty>
    );
  }
  const { recipe } = meal;
  const when = t().mealOn(nameOf(meal.slot), dateName(date));
  const times = [kit().minutes(recipe.minutes)];
  if (recipe.activeMinutes < recipe.minutes) times.push(t().active_minutes(recipe.activeMinutes));
  const keeping = [recipe.keepsDays > 0 ? t().keeps(recipe.keepsDays) : '', recipe.freezes ? t().freezes : ''];
  return (
    <article class="stack plan-cook">
      <Heading title={meal.title} lang="en" lead={[when, ...times].join(' · ')}>
        {back}
        <Button look="main" icon="print" onClick={() => print()}>
          {t().printRecipe}
        </Button>
      </Heading>
      <div class="plan-recipe">
        <div class="stack">
          <Card title={t().ingredients} icon="basket" beside={<span class="quiet small">{t().forAll}</span>}>
            <Ingredients recipe={recipe} />
          </Card>
          <Card title={t().plates} icon="people">
            <Facts
              lines
              of={meal.portions
                .filter(({ servings }) => servings > 0)
                .map(({ personId, servings, grams }) => [
                  personId,
                  grams === null ? number(servings, 2) : weight(grams),
                ])}
            />
          </Card>
        </div>
        <Card title={t().steps} icon="plan">
          {recipe.equipment.length > 0 && (
            <p class="quiet small">
              {t().equipment}: <span lang="en">{recipe.equipment.join(', ')}</span>
            </p>
          )}
          <ol class="plan-method" lang="en">
            {recipe.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p class="quiet small">{keeping.filter(Boolean).join(', ')}</p>
        </Card>
      </div>
    </article>
  );
}

/** To be ticked off while one takes them out. */
function Ingredients({ recipe }: { recipe: NonNullable<Meal['recipe']> }) {
  const out = useSignal<ReadonlySet<number>>(new Set());
  const turn = (at: number) => {
    const next = new Set(out.peek());
    if (!next.delete(at)) next.add(at);
    out.value = next;
  };
  return (
    <ul class="plan-ingredients" lang="en">
      {recipe.ingredients.map(({ food, text }, at) => (
        <li key={`${food} ${at}`}>
          <label class="checkbox">
            <input type="checkbox" checked={out.value.has(at)} onChange={() => turn(at)} />
            <span>{text}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}
