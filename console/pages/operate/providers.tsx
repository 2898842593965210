import { useSignal } from '@preact/signals';
import type { Scorecards } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { Button, Segmented } from '../../kit/parts/controls.js';
import { duration, number, percent } from '../../kit/language/format.js';
import { useEvery, useLoad } from '../../kit/client/loading.js';
import { plainName } from '../../kit/language/provider-names.js';
import { may } from '../../kit/client/session.js';
import { Shown } from '../../kit/parts/states.js';
import { Card, Facts, Pill } from '../../kit/parts/surfaces.js';
import { Change } from './change.js';
import { switchOf } from './names.js';
import { t } from './words.js';

type Window = 'hour' | 'day' | 'week';
type Scores = Scorecards['providers'][number];
const EVERY_MS = 5000;
const TONES = { up: 'good', degraded: 'warn', down: 'bad', off: 'plain' } as const;

/** How each does, and whether it is asked at all. */
export function Providers() {
  const span = useSignal<Window>('day');
  const wish = useSignal<{ id: string; on: boolean } | null>(null);
  const settings = useLoad('settings', (signal) => client.operators.settings({ signal }));
  const health = useLoad('health', (signal) => client.operators.health({ signal }));
  const cards = useLoad('scorecard', (signal) => client.operators.scorecard({ signal }));
  useEvery(EVERY_MS, () => {
    health.again();
    cards.again();
    settings.again();
  });
  const version = settings.now.value.value?.version ?? 0;
  const states = new Map(health.now.value.value?.providers.map((one) => [one.id, one]));
  return (
    <>
      <div class="operate-span">
        <Segmented<Window>
          label={t().span}
          value={span.value}
          choices={[
            { value: 'hour', label: t().hour },
            { value: 'day', label: t().day },
            { value: 'week', label: t().week },
          ]}
          onChange={(value) => value && (span.value = value)}
        />
      </div>
      <Shown of={settings} rows={2}>
        {({ inForce }) => (
          <Shown of={cards}>
            {({ providers }) => (
              <div class="operate-cards">
                {providers.map((one) => {
                  const isOn = inForce[switchOf(one.providerId)] === 'true';
                  const state = states.get(one.providerId);
                  const name = plainName(one.providerId);
                  return (
                    <Card
                      key={one.providerId}
                      title={name}
                      beside={
                        <span class="row">
                          {state?.simulated && <Pill>{t().simulated}</Pill>}
                          {isOn ? (
                            state && <Pill tone={TONES[state.state]}>{t()[`is_${state.state}`]}</Pill>
                          ) : (
                            <Pill tone="bad">{t().isDisabled}</Pill>
                          )}
                        </span>
                      }
                    >
                      <Figures score={one[span.value]} honesty={one.honesty} />
                      {may('admin') && (
                        <Button
                          look={isOn ? 'danger' : 'plain'}
                          onClick={() => (wish.value = { id: one.providerId, on: !isOn })}
                        >
                          {isOn ? t().disable(name) : t().enable(name)}
                        </Button>
                      )}
                    </Card>
                  );
                })}
              </div>
            )}
          </Shown>
        )}
      </Shown>
      <Change
        title={wish.value ? t()[wish.value.on ? 'enable' : 'disable'](plainName(wish.value.id)) : ''}
        changes={wish.value && { [switchOf(wish.value.id)]: String(wish.value.on) }}
        version={version}
        onClose={() => (wish.value = null)}
        onChanged={settings.put}
      />
    </>
  );
}

function Figures({ score, honesty }: { score: Scores['day']; honesty: Scores['honesty'] }) {
  const facts: [string, string][] = [
    [t().answers, number(score.answers)],
    [t().success, score.successPercent === null ? '–' : percent(score.successPercent / 100, 1)],
    [t().half, score.p50Ms === null ? '–' : duration(score.p50Ms)],
    [t().most, score.p95Ms === null ? '–' : duration(score.p95Ms)],
    [
      t().wins,
      score.winPercent === null ? number(score.wins) : `${number(score.wins)} (${percent(score.winPercent / 100)})`,
    ],
    [t().late, number(score.late)],
  ];
  return (
    <>
      <Facts of={facts} />
      {honesty === null && <p class="quiet small operate-honesty">{t().noHonesty}</p>}
    </>
  );
}
