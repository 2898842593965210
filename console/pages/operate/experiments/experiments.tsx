import { useSignal } from '@preact/signals';
import type { ExperimentResults } from '../../../../sdk/client.js';
import { client } from '../../../kit/client/api.js';
import { Button } from '../../../kit/parts/controls.js';
import { moment, percent } from '../../../kit/language/format.js';
import { useEvery, useLoad } from '../../../kit/client/loading.js';
import { may } from '../../../kit/client/session.js';
import { Empty, Shown } from '../../../kit/parts/states.js';
import { Card, Pill, Table } from '../../../kit/parts/surfaces.js';
import { Why } from '../why.js';
import { Beginning } from './beginning.js';
import { MEASURES, SWITCH, toneOf } from './measures.js';
import { said } from './saying.js';
import { t } from './words.js';

type Result = ExperimentResults['data'][number];
type Arm = Result['arms'][number];
const EVERY_MS = 10_000;

/** Weights tried side by side: what each arm came to, and how sure that is. */
export function Experiments() {
  const results = useLoad('experiments', (signal) => client.operators.experiments({ signal }));
  const settings = useLoad('settings', (signal) => client.operators.settings({ signal }));
  useEvery(EVERY_MS, () => {
    results.again();
    settings.again();
  });
  const ending = useSignal(false);
  const isRunning = settings.now.value.value?.inForce[SWITCH] !== undefined;
  const changed = () => {
    settings.again();
    results.again();
  };
  return (
    <div class="stack">
      <p class="quiet">{t().lead}</p>
      {may('admin') && settings.now.value.value && (
        <div>
          {isRunning ? (
            <Button look="danger" icon="cross" onClick={() => (ending.value = true)}>
              {t().end}
            </Button>
          ) : (
            <Beginning version={settings.now.value.value.version} onBegun={changed} />
          )}
        </div>
      )}
      <Shown of={results}>
        {({ data }) =>
          data.length === 0 ? (
            <Card>
              <Empty icon="operators" title={isRunning ? t().counting : t().none} />
            </Card>
          ) : (
            data.map((result) => <Came key={result.id} {...result} />)
          )
        }
      </Shown>
      <Why
        title={t().endTitle}
        open={ending.value}
        onClose={() => (ending.value = false)}
        does={t().end}
        act={async (why) => {
          const { version } = await client.operators.settings();
          await client.operators.change({ changes: { [SWITCH]: null }, why }, version);
          changed();
        }}
      >
        <p>{t().endLead}</p>
      </Why>
    </div>
  );
}

function Came({ id, running, begunAt, readAt, definition, arms }: Result) {
  return (
    <Card
      title={id}
      icon="operators"
      beside={<Pill tone={running ? 'good' : 'plain'}>{running ? t().running : t().over}</Pill>}
    >
      <p class="quiet small operate-below">
        {t()[`by_${definition.by}`]} · {t().begun(moment(begunAt))} · {t().counted(moment(readAt))}
      </p>
      <Table
        caption={t().arms(id)}
        rows={arms}
        keyOf={({ arm }) => arm}
        columns={[
          { title: t().arm, cell: (arm) => <ArmName {...arm} /> },
          { title: t().share, number: true, cell: ({ share }) => (share === null ? '–' : percent(share / 100)) },
          { title: t().decided, number: true, cell: ({ decided, closed }) => t().of(decided, closed) },
          ...MEASURES.map((name) => ({
            title: t()[name],
            number: true,
            cell: (arm: Arm) => <Measured name={name} of={arm[name]} />,
          })),
        ]}
      />
    </Card>
  );
}

const ArmName = ({ arm, stopped }: Arm) => (
  <>
    {arm === 'control' ? t().control : arm}
    {stopped !== null && (
      <>
        <br />
        <Pill tone="bad">{t().stopped}</Pill> <span class="small">{stopped}</span>
      </>
    )}
  </>
);

function Measured({ name, of: { mean, difference } }: { name: (typeof MEASURES)[number]; of: Arm['dearerPercent'] }) {
  return (
    <>
      {said(name, mean)}
      {difference && (
        <>
          <br />
          <span class={`small operate-${toneOf(name, difference)}`}>
            {said(name, difference.mean, true)}
            <br />
            <span class="quiet">
              {t().between(said(name, difference.low, true), said(name, difference.high, true))}
            </span>
          </span>
        </>
      )}
    </>
  );
}
