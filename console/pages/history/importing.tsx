import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Import } from '../../../sdk/client.js';
import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { Button } from '../../kit/parts/controls.js';
import { ago } from '../../kit/language/format.js';
import { Icon } from '../../kit/parts/icons.js';
import { useEvery, useLoad } from '../../kit/client/loading.js';
import { href, wayOn } from '../../kit/frame/router.js';
import { may } from '../../kit/client/session.js';
import { Empty, Failed, Shown } from '../../kit/parts/states.js';
import { Card, Pill } from '../../kit/parts/surfaces.js';
import { isWorthIt, talliesOf, waitsForNumbers } from './telling.js';
import { Told } from './told.js';
import { t } from './words.js';

const EVERY_MS = 15_000;
const SHOWN = 10;

/** Files are tried first, and imported only when it is known what would come of it. */
export function Importing() {
  const files = useSignal<readonly File[]>([]);
  const tried = useSignal<Import | null>(null);
  /** Why what was chosen is not even sent. */
  const fault = useSignal<string | null>(null);
  const withoutNumbers = useSignal<'ask' | 'accept'>('ask');
  const { busy, error, act } = useActing();

  const send = (dryRun: boolean) =>
    client.imports.create({ files: files.value, dryRun, withoutNumbers: withoutNumbers.value }).wait();
  const tryIt = () =>
    act(async () => {
      tried.value = null;
      tried.value = await send(true);
    });
  const take = (given: FileList | null | undefined) => {
    if (!given || given.length === 0) return;
    const empty = [...given].find(({ size }) => size === 0);
    fault.value = empty ? t().emptyFile(empty.name) : null;
    files.value = empty ? [] : [...given];
    if (empty) return;
    withoutNumbers.value = 'ask';
    void tryIt();
  };
  const accept = () => {
    withoutNumbers.value = 'accept';
    void tryIt();
  };
  const bring = () => {
    const on = wayOn();
    return act(async () => on(`/history/imports/${(await send(false)).id}`));
  };

  const { outcome } = tried.value ?? {};
  return (
    <div class="beside">
      <div class="stack">
        {may('imports:write') && <Drop take={take} busy={busy.value} />}
        {fault.value && (
          <p class="fault" role="alert">
            <Icon name="warn" size={18} /> {fault.value}
          </p>
        )}
        {files.value.length > 0 && (
          <Card title={t().tried(files.value.map(({ name }) => name).join(', '))} icon="search">
            <div class="stack" role="status" aria-busy={busy.value}>
              {busy.value && !outcome && <p class="quiet">{t().trying}</p>}
              {outcome && <Told outcome={outcome} isTried />}
              {tried.value && !outcome && <p class="quiet">{t().notRead}</p>}
            </div>
            {outcome && (
              <div class="row history-next">
                {waitsForNumbers(outcome) && withoutNumbers.value === 'ask' && (
                  <Button busy={busy.value} onClick={accept}>
                    {t().acceptNumbers}
                  </Button>
                )}
                {isWorthIt(outcome) ? (
                  <Button look="main" icon="check" busy={busy.value} onClick={() => void bring()}>
                    {t().bring}
                  </Button>
                ) : (
                  <p class="quiet">{outcome.refused ? t().mendIt : t().nothingNew}</p>
                )}
              </div>
            )}
            {error.value && <Failed error={error.value} again={() => void tryIt()} />}
          </Card>
        )}
      </div>
      <Latest />
    </div>
  );
}

function Drop({ take, busy }: { take: (files: FileList | null | undefined) => void; busy: boolean }) {
  const over = useSignal(false);
  const id = useId();
  return (
    <div
      class={over.value ? 'card history-drop over' : 'card history-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        if (!busy) take(event.dataTransfer?.files);
      }}
    >
      <Icon name="download" size={34} />
      <p class="history-drop-title">{t().drop}</p>
      <p class="quiet small">{t().dropHint}</p>
      <input
        id={id}
        class="unseen"
        type="file"
        multiple
        disabled={busy}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <label class="button main" for={id}>
        {t().choose}
      </label>
    </div>
  );
}

/** The latest imports, those that were only tried left out. */
function Latest() {
  const imports = useLoad('imports', (signal) => client.imports.list({ limit: 50 }, { signal }));
  useEvery(EVERY_MS, imports.again);
  return (
    <Card title={t().latest} icon="history">
      <Shown of={imports}>
        {({ data }) => {
          const kept = data.filter(({ dryRun }) => !dryRun).slice(0, SHOWN);
          if (kept.length === 0) return <Empty icon="history" title={t().noImports} />;
          return <ul class="links history-list">{kept.map((one) => item(one))}</ul>;
        }}
      </Shown>
    </Card>
  );
}

const item = ({
  id,
  createdAt,
  outcome,
  undoneAt,
  status,
}: Pick<Import, 'id' | 'createdAt' | 'outcome' | 'undoneAt' | 'status'>) => (
  <li key={id}>
    <a href={href(`/history/imports/${id}`)}>
      <b>{outcome?.format ? t().format(outcome.format) : t().aFile}</b>
      <span class="quiet small">{ago(createdAt)}</span>
      <span class="row">
        {undoneAt && <Pill tone="warn">{t().undone}</Pill>}
        {status !== 'completed' && <Pill tone={status === 'open' ? 'info' : 'bad'}>{t()[`is_${status}`]}</Pill>}
        {outcome &&
          talliesOf(outcome).map(({ what, count }) => (
            <Pill key={what} tone={what === 'same' ? 'plain' : 'good'}>
              {t()[`orders_${what}`](count)}
            </Pill>
          ))}
      </span>
    </a>
  </li>
);
