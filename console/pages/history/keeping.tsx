import { useSignal } from '@preact/signals';
import { LoopGPTError } from '../../../sdk/client.js';
import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { Button, TextField } from '../../kit/parts/controls.js';
import { number } from '../../kit/language/format.js';
import { save } from '../../kit/parts/save.js';
import { may } from '../../kit/client/session.js';
import { Failed } from '../../kit/parts/states.js';
import { Card, Dialog } from '../../kit/parts/surfaces.js';
import { said } from './codes.js';
import { t } from './words.js';

const TYPES = { ndjson: 'application/x-ndjson', csv: 'text/csv' } as const;

/** Take it away, or have it erased: whoever erases says how much. */
export function Keeping() {
  const { busy, error, act } = useActing();
  const take = (type: 'ndjson' | 'csv') =>
    void act(async () => save(`history.${type}`, TYPES[type], await (await client.history.export(type)).text()));
  return (
    <div class="columns">
      <Card title={t().takeAway} icon="download">
        <div class="stack">
          <p class="quiet">{t().takeAwayLead}</p>
          <div class="row">
            <Button icon="download" busy={busy.value} onClick={() => take('csv')}>
              CSV
            </Button>
            <Button icon="download" busy={busy.value} onClick={() => take('ndjson')}>
              JSON
            </Button>
          </div>
          {error.value && <Failed error={error.value} />}
        </div>
      </Card>
      {may('imports:write') && <Erasing />}
    </div>
  );
}

type Counts = Readonly<Record<string, number>>;

function Erasing() {
  const present = useSignal<Counts | null>(null);
  const typed = useSignal('');
  const done = useSignal(false);
  const { busy, error, act } = useActing();
  const erase = (confirm?: number) =>
    void act(async () => {
      try {
        await client.history.erase(confirm);
        present.value = null;
        done.value = true;
      } catch (problem) {
        // Without the count, or with one that holds no more, it says what there is.
        if (!(problem instanceof LoopGPTError) || problem.code !== 'history_erase_unconfirmed') throw problem;
        typed.value = '';
        present.value = problem.present as Counts;
      }
    });
  const { confirm = 0, ...counts } = present.value ?? {};
  return (
    <Card title={t().erase} icon="warn">
      <div class="stack">
        <p class="quiet">{t().eraseLead}</p>
        <div>
          <Button look="danger" busy={busy.value} onClick={() => erase()}>
            {t().eraseAsk}
          </Button>
        </div>
        <p role="status">{done.value && t().erased}</p>
        {error.value && <Failed error={error.value} />}
      </div>
      <Dialog title={t().eraseTitle} open={present.value !== null} onClose={() => (present.value = null)}>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            erase(confirm);
          }}
        >
          <dl class="history-sums">
            {Object.entries(counts).map(([name, count]) => (
              <div key={name}>
                <dt>{said(`kept_${name}`)}</dt>
                <dd class="number">{number(count)}</dd>
              </div>
            ))}
          </dl>
          <TextField
            label={t().eraseCount(String(confirm))}
            inputMode="numeric"
            autocomplete="off"
            value={typed.value}
            onInput={(value) => (typed.value = value)}
          />
          <div class="row">
            <Button type="submit" look="danger" disabled={typed.value.trim() !== String(confirm)} busy={busy.value}>
              {t().eraseNow}
            </Button>
          </div>
        </form>
      </Dialog>
    </Card>
  );
}
