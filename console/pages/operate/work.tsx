import { client } from '../../kit/client/api.js';
import { duration, money, number } from '../../kit/language/format.js';
import { useEvery, useLoad } from '../../kit/client/loading.js';
import { Shown } from '../../kit/parts/states.js';
import { Card, Facts, Pill, Table } from '../../kit/parts/surfaces.js';
import { samplesOf, type Sample } from './names.js';
import { calledAs, t } from './words.js';

const EVERY_MS = 5000;
const TONES = { up: 'good', degraded: 'warn', down: 'bad', off: 'plain' } as const;

/** What waits, what lags and what the model costs, as the process tells that answers. */
export function Work() {
  const health = useLoad('health', (signal) => client.operators.health({ signal }));
  const metrics = useLoad('metrics', (signal) => client.operators.metrics({ signal }));
  useEvery(EVERY_MS, () => {
    health.again();
    metrics.again();
  });
  return (
    <div class="columns">
      <Card title={t().parts_} icon="shield">
        <Shown of={health}>
          {({ dependencies }) => (
            <Table
              caption={t().parts_}
              rows={dependencies}
              keyOf={({ name }) => name}
              columns={[
                { title: t().part, cell: ({ name }) => calledAs('part', name) },
                { title: t().state, cell: ({ state }) => <Pill tone={TONES[state]}>{t()[`is_${state}`]}</Pill> },
                { title: t().took, number: true, cell: ({ latencyMs }) => duration(latencyMs) },
              ]}
            />
          )}
        </Shown>
      </Card>
      <Shown of={metrics}>
        {(text) => (
          <>
            <Sampled
              title={t().waiting}
              label="queue"
              rows={samplesOf(text, 'loopgpt_queue_oldest_waiting_seconds')}
              said={(s) => duration(s * 1000)}
            />
            <Sampled
              title={t().lag}
              label="group"
              rows={samplesOf(text, 'loopgpt_bus_lag_records')}
              said={(n) => number(n)}
            />
            <Card title={t().figures} icon="operators">
              <Facts
                of={[
                  [t().outbox, number(sumOf(samplesOf(text, 'loopgpt_outbox_pending')))],
                  [t().ai, money(Math.round(100 * sumOf(samplesOf(text, 'loopgpt_ai_cost_usd_total'))))],
                  ...samplesOf(text, 'loopgpt_ai_cap_usd').map(
                    ({ value }) => [t().aiCap, money(Math.round(100 * value))] as const,
                  ),
                ]}
              />
            </Card>
          </>
        )}
      </Shown>
    </div>
  );
}

const sumOf = (rows: readonly Sample[]): number => rows.reduce((sum, { value }) => sum + value, 0);

interface SampledProps {
  title: string;
  label: string;
  rows: readonly Sample[];
  said: (value: number) => string;
}

function Sampled({ title, label, rows, said }: SampledProps) {
  return (
    <Card title={title} icon="clock">
      {rows.length === 0 ? (
        <p class="quiet">{t().notTold}</p>
      ) : (
        <ul class="operate-samples">
          {rows.map(({ labels, value }) => (
            <li key={JSON.stringify(labels)}>
              <span>{calledAs('queue', labels[label] ?? Object.values(labels).join(' '))}</span>
              <b class="number">{said(value)}</b>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
