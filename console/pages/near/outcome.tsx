import type { Plan } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { LinkButton } from '../../kit/parts/controls.js';
import { money, number } from '../../kit/language/format.js';
import { useLoad } from '../../kit/client/loading.js';
import { dateName, weight } from '../../kit/planning/figures.js';
import { tillName } from '../../kit/planning/till.js';
import { Making } from '../../kit/planning/making.js';
import { Stops } from '../../kit/planning/stops.js';
import { nameOf } from '../../kit/planning/terms.js';
import { href, place } from '../../kit/frame/router.js';
import { Empty, Shown } from '../../kit/parts/states.js';
import { Card, Heading } from '../../kit/parts/surfaces.js';
import { leftOf, usesOf } from './left.js';
import { lookOf, pathOf } from './look.js';
import { t } from './words.js';

type Cleared = NonNullable<Plan['clearances']>;

/** What became of a plan that buys what is cleared. */
export function Outcome({ id }: { id: string }) {
  const plan = useLoad(id, (signal) => client.plans.get(id, { signal }));
  return (
    <Shown of={plan} rows={8}>
      {(value) => {
        if (value.status === 'open') return <Making plan={value} read={plan.again} />;
        if (value.status === 'completed' && value.clearances) return <Made plan={value} cleared={value.clearances} />;
        return (
          <Empty icon="plan" title={value.status === 'completed' ? t().withoutAny : t().noPlan}>
            <LinkButton to={`/plans/${id}`} icon="plan">
              {value.status === 'completed' ? t().openPlan : t().whyNot}
            </LinkButton>
          </Empty>
        );
      }}
    </Shown>
  );
}

function Made({ plan, cleared }: { plan: Plan; cleared: Cleared }) {
  const { isWorthIt, stops, day } = cleared;
  const look = lookOf(place.value.query);
  return (
    <div class="stack">
      <Heading
        title={isWorthIt ? t().worthIt : cleared.best ? t().notWorthIt : t().nothingOfUse}
        lead={isWorthIt && day ? t().shopOn(dateName(day), stops.length) : cleared.sentence}
      >
        <LinkButton to={`/plans/${plan.id}`} look="main" icon="plan">
          {t().openPlan}
        </LinkButton>
        {look.place && (
          <LinkButton to={pathOf(look, isWorthIt ? '' : '/plan')} icon="near">
            {isWorthIt ? t().toList : t().otherWishes}
          </LinkButton>
        )}
      </Heading>
      <Sum cleared={cleared} />
      <div class="near-columns">
        {stops.length > 0 && (
          <div class="stack">
            <Card title={t().stops} icon="route">
              <div class="stack">
                <Stops cleared={cleared} />
              </div>
            </Card>
            <LeftOver cleared={cleared} />
            <Tips cleared={cleared} />
          </div>
        )}
        <Days plan={plan} cleared={cleared} />
      </div>
    </div>
  );
}

/** What it saves, what the way costs, and what that leaves: of the trip that is made, or of the best there was. */
function Sum({ cleared }: { cleared: Cleared }) {
  const { currency, trip, stops, best, lists } = cleared;
  const isMade = stops.length > 0 && trip !== null;
  if (!isMade && !best) return null;
  const saved = isMade ? cleared.savedCents : best!.savedCents;
  const cost = isMade ? trip.cents : best!.tripCents;
  const figures: readonly (readonly [name: string, cents: number, note: string, kind: string])[] = [
    [t().saved, saved, isMade ? t().rescued(weight(cleared.savedGrams)) : best!.shops.join(', '), 'good'],
    [t().tripCost, cost, isMade ? t().way(t().km(number(trip.km, 1)), number(trip.minutes)) : '', ''],
    [t().net, saved - cost, '', saved > cost ? 'good' : 'bad'],
  ];
  return (
    <Card>
      <dl class="near-sums">
        {figures.map(([name, cents, note, kind]) => (
          <div key={name} class={kind}>
            <dt>{name}</dt>
            <dd class="number">{money(cents, currency)}</dd>
            {note && <dd class="quiet small">{note}</dd>}
          </div>
        ))}
      </dl>
      {isMade && lists && (
        <p class="quiet small">{t().lists(money(lists.withCents, currency), money(lists.withoutCents, currency))}</p>
      )}
    </Card>
  );
}

/** Day by day, with what each meal uses of what was bought. */
function Days({ plan, cleared }: { plan: Plan; cleared: Cleared }) {
  return (
    <Card title={cleared.stops.length > 0 ? t().mealsTitle : t().mealsWithout} icon="plan">
      <div class="near-days">
        {plan.days.map(({ date, meals }) => (
          <section key={date} aria-label={dateName(date)}>
            <h3>{dateName(date)}</h3>
            <ul>
              {meals.map(({ slot, title }) => {
                const used = cleared.meals.find((meal) => meal.date === date && meal.slot === slot);
                return (
                  <li key={slot} class={used ? 'near-used' : ''}>
                    <span class="quiet small">{nameOf(slot)}</span>
                    <span>
                      <a href={href(`/plans/${plan.id}?meal=${date}.${slot}`)} lang="en">
                        {used?.suggestion?.name ?? title}
                      </a>
                      {used &&
                        usesOf(used).map(({ name, grams }) => (
                          <span key={name} class="small near-use">
                            {t().uses(weight(grams), name)}
                          </span>
                        ))}
                    </span>
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

function LeftOver({ cleared }: { cleared: Cleared }) {
  const left = leftOf(cleared);
  return (
    <Card title={t().leftOvers} icon="basket">
      {left.length === 0 ? (
        <p class="quiet">{t().noneLeft}</p>
      ) : (
        <ul class="near-left">
          {left.map(({ key, name, grams, useBy }) => (
            <li key={key}>
              <span lang="da">{tillName(name)}</span>
              <b class="number">{weight(grams)}</b>
              <span class="quiet small">{t().useBefore(dateName(useBy, 'short'))}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** With names and dates as all else here has them. */
const readable = (tip: string, names: readonly string[]): string =>
  names
    .reduce((text, name) => text.replaceAll(name, tillName(name)), tip)
    .replace(/\d{4}-\d\d-\d\d/g, (date) => dateName(date));

/** In the API's words, in the language in which the plan was asked for. */
function Tips({ cleared: { tips, stops } }: { cleared: Cleared }) {
  if (tips.length === 0) return null;
  const names = stops.flatMap(({ lines }) => lines.map(({ name }) => name));
  return (
    <Card title={t().tips} icon="check">
      <ul class="near-tips">
        {tips.map((tip) => (
          <li key={tip}>{readable(tip, names)}</li>
        ))}
      </ul>
    </Card>
  );
}
