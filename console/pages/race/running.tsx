import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { ProviderId, Route } from '../../../sdk/client.js';
import { address } from '../../kit/parts/address.js';
import { client } from '../../kit/client/api.js';
import { Button, LinkButton } from '../../kit/parts/controls.js';
import { duration, moment, money } from '../../kit/language/format.js';
import { useEvery, useFollow, useLoad } from '../../kit/client/loading.js';
import { ruleName, toneOf, wordFor } from '../../kit/routes/route-words.js';
import { Shown } from '../../kit/parts/states.js';
import { Card, Heading, Pill } from '../../kit/parts/surfaces.js';
import { useClock } from './clock.js';
import { endOf, heardOf, lanesOf, type Landing } from './lanes.js';
import { Track } from './track.js';
import { Verdict } from './verdict.js';
import { t } from './words.js';

/** How long after time was up an answer may still come that is told of. */
const LATEST_MS = 4000;
const LOOK_MS = 400;

/** One race: live while it is open, and to be watched again afterwards. */
export function Running({ id }: { id: string }) {
  const route = useLoad(id, (signal) => client.routes.get(id, { signal }));
  return (
    <Shown of={route} rows={6}>
      {(value) => <Lanes route={value} read={route.again} />}
    </Shown>
  );
}

function Lanes({ route, read }: { route: Route; read: () => void }) {
  const heard = useSignal<ReadonlyMap<ProviderId, Landing>>(new Map());
  const entrants = useLoad('entrants', (signal) =>
    client.routes.validate({ items: [PROBE], shippingAddress: address.peek() }, { signal }),
  );
  const isOpen = route.status === 'open';
  const { outcome } = route;
  const timeline = useLoad(outcome && route.id, (signal) => client.routes.timeline(route.id, { signal }));
  const begun = timeline.now.value.value?.steps.find(({ step }) => step === 'picked_up');
  const lanes = lanesOf(entrants.now.value.value?.policy.expected ?? [], route, heard.value, begun?.afterMs ?? 0);
  const endMs = endOf(lanes, outcome);
  // One that is over when it is first seen stands at its end; one that is new begins now.
  const isNew = useMemo(() => isOpen || Date.now() - Date.parse(route.createdAt) < NEW_MS, []);
  const clock = useClock(isNew ? 0 : (endMs ?? 0), endMs);
  const deadlineMs = Date.parse(route.deadlineAt) - Date.parse(route.createdAt);

  useFollow(isOpen ? [route.id] : [], (event) => {
    if (event.type === 'gap' || !('data' in event)) return read();
    const told = heardOf(event);
    if (!told) return read();
    heard.value = new Map(heard.value).set(told.id, told.landing);
  });
  const isAwaited = outcome !== null && lanes.some(({ landing }) => landing === null);
  const isLate = isAwaited && Date.now() < Date.parse(route.deadlineAt) + LATEST_MS;
  useEvery(isOpen ? LOOK_MS * 4 : isLate ? LOOK_MS : null, read);
  // A clock that has run into the decision tells the page so once, not each frame.
  const isShown = useSignal(!isNew);
  useEffect(
    () =>
      clock.ms.subscribe((ms) => {
        isShown.value = outcome !== null && ms >= outcome.decidedAfterMs;
      }),
    [outcome],
  );

  return (
    <div class="stack">
      <Heading
        title={titleOf(route, isShown.value)}
        lead={
          <>
            {moment(route.createdAt)} <Pill tone={toneOf(route.status)}>{wordFor(route.status)}</Pill>{' '}
            {route.quotes.some(({ simulated }) => simulated) && <Pill>{t().simulated}</Pill>}
          </>
        }
      >
        {outcome && (
          <Button icon="again" onClick={clock.start}>
            {t().replay}
          </Button>
        )}
        <LinkButton to="/race" icon="plus">
          {t().another}
        </LinkButton>
      </Heading>
      <Card
        title={t().lanes}
        icon="race"
        beside={outcome && <Decided ms={outcome.decidedAfterMs} rule={outcome.rule} />}
      >
        <Track lanes={lanes} clock={clock.ms} endMs={endMs} deadlineMs={deadlineMs} outcome={outcome} />
      </Card>
      {outcome && isShown.value && <Verdict route={route} outcome={outcome} />}
      <p class="unseen" role="status">
        {isShown.value && outcome ? said(route) : ''}
      </p>
    </div>
  );
}

const PROBE = { id: 'probe', name: 'Whole milk', quantity: 1 };
const NEW_MS = 3000;

function Decided({ ms, rule }: { ms: number; rule: 'quorum' | 'unbeatable' | 'all_answered' | 'deadline' }) {
  return (
    <p class="quiet small">
      {t().decided(duration(ms))}: {ruleName(rule)}
    </p>
  );
}

function titleOf({ status, outcome }: Route, isShown: boolean): string {
  if (status === 'cancelled') return t().cancelled;
  if (!outcome || !isShown) return t().running;
  return outcome.winner ? t().wins(outcome.winner.providerName) : t().noWinner;
}

const said = ({ outcome }: Route): string =>
  outcome?.winner
    ? `${t().wins(outcome.winner.providerName)}, ${money(outcome.winner.comparedCents, outcome.winner.currency)} ${t().allIn}`
    : t().noWinner;
