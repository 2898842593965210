import type { Route } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { duration, money } from '../../kit/language/format.js';
import { plainName } from '../../kit/language/provider-names.js';
import { ruleName, wordFor } from '../../kit/routes/route-words.js';
import { useLoad } from '../../kit/client/loading.js';
import { Shown } from '../../kit/parts/states.js';
import { Card } from '../../kit/parts/surfaces.js';
import { said, t } from './words.js';

/** What a step was, in the language that is spoken; in the API's own words where it is a newer one. */
function toldOf({ quotes, outcome }: Route, step: string, detail: string): string {
  if (step === 'accepted') return t().told_accepted;
  if (step === 'picked_up') return t().told_picked_up;
  if (step === 'announced') return t().told_announced;
  const [id] = detail.split(' ');
  const quote = quotes.find(({ providerId }) => providerId === id);
  if (quote && step.startsWith('answered')) {
    const what = quote.reason ? wordFor(quote.reason) : t()[`quote_${quote.status}`];
    return [
      `${plainName(quote.providerId)}: ${what}`,
      duration(quote.latencyMs),
      quote.totalCents && money(quote.totalCents, quote.currency),
    ]
      .filter(Boolean)
      .join(', ');
  }
  if (outcome && step === outcome.status) {
    const { winner, rule } = outcome;
    return `${ruleName(rule)}: ${winner ? `${winner.providerName}, ${money(winner.totalCents, winner.currency)}` : t().nobodyWon}`;
  }
  return detail;
}

/** Everything that happened to a route. */
export function Steps({ route }: { route: Route }) {
  const timeline = useLoad(`${route.id} ${route.quotes.length} ${route.confirmation?.token ?? ''}`, (signal) =>
    client.routes.timeline(route.id, { signal }),
  );
  return (
    <Card title={t().timeline} icon="clock">
      <Shown of={timeline} rows={6}>
        {({ steps }) => (
          <ol class="route-steps">
            {steps.map(({ at, afterMs, step, detail }) => (
              <li key={`${at} ${step} ${detail}`} class={`step-${step}`}>
                <span class="number quiet">{duration(afterMs)}</span>
                <b>{said('step', step)}</b>
                <span class="quiet small">{toldOf(route, step, detail)}</span>
              </li>
            ))}
          </ol>
        )}
      </Shown>
    </Card>
  );
}
