import type { Route } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { LinkButton } from '../../kit/parts/controls.js';
import { moment } from '../../kit/language/format.js';
import { useEvery, useFollow, useLoad } from '../../kit/client/loading.js';
import type { PageProps } from '../../kit/frame/page.js';
import { toneOf, wordFor } from '../../kit/routes/route-words.js';
import { Shown, Waiting } from '../../kit/parts/states.js';
import { Card, Heading, Pill } from '../../kit/parts/surfaces.js';
import { Confirming } from './confirming.js';
import { Products } from './products.js';
import { Proof } from './proof.js';
import { Scores } from './scores.js';
import { Steps } from './steps.js';
import { t } from './words.js';

const OPEN_MS = 1500;

/** A route as it stands: why it was decided so, what would have changed it, what is in it, and the hand-over. */
export default function RoutePage({ params }: PageProps) {
  const id = params.id!;
  const route = useLoad(id, (signal) => client.routes.get(id, { signal }));
  const isOpen = route.now.value.value?.status === 'open';
  // Whoever hands it over elsewhere is seen here, too.
  useFollow([id], route.again, { stay: true });
  useEvery(isOpen ? OPEN_MS : null, route.again);
  return (
    <Shown of={route} rows={6}>
      {(value) => <Told route={value} />}
    </Shown>
  );
}

function Told({ route }: { route: Route }) {
  const { outcome } = route;
  return (
    <div class="stack">
      <Heading
        title={titleOf(route)}
        lead={
          <>
            {moment(route.createdAt)} <Pill tone={toneOf(route.status)}>{wordFor(route.status)}</Pill>{' '}
            <code class="small">{route.id}</code>
          </>
        }
      >
        <LinkButton to={`/race/${route.id}`} icon="race">
          {t().watch}
        </LinkButton>
      </Heading>
      {!outcome ? (
        <Card>{route.status === 'open' ? <Waiting rows={4} /> : <p>{wordFor(route.status)}</p>}</Card>
      ) : (
        <>
          {outcome.winner && (
            <div class="route-top">
              <Scores route={route} outcome={outcome} winner={outcome.winner} />
              <Confirming route={route} winner={outcome.winner} />
            </div>
          )}
          <Products route={route} outcome={outcome} />
          <div class="columns">
            <Steps route={route} />
            <Proof route={route} />
          </div>
        </>
      )}
    </div>
  );
}

function titleOf({ status, outcome }: Route): string {
  if (status === 'open') return t().titleOpen;
  if (status === 'cancelled') return t().titleCancelled;
  return outcome?.winner ? t().title(outcome.winner.providerName) : t().titleNone;
}
