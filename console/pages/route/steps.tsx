import type { Route } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { duration } from '../../kit/language/format.js';
import { useLoad } from '../../kit/client/loading.js';
import { Shown } from '../../kit/parts/states.js';
import { Card } from '../../kit/parts/surfaces.js';
import { said, t } from './words.js';

/** Everything that happened to a route, in the API's own words. */
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
                <span class="quiet small">{detail}</span>
              </li>
            ))}
          </ol>
        )}
      </Shown>
    </Card>
  );
}
