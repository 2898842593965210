import { useSignal } from '@preact/signals';
import { client } from '../../kit/client/api.js';
import { Button, TextField } from '../../kit/parts/controls.js';
import { useLoad } from '../../kit/client/loading.js';
import { may } from '../../kit/client/session.js';
import { Shown } from '../../kit/parts/states.js';
import { Card, Dialog, Pill, Table } from '../../kit/parts/surfaces.js';
import { Change } from './change.js';
import { t } from './words.js';

/** How the API shows what it shows nobody: such are rotated from a terminal. */
const SECRET = '(secret)';

/** Everything that can be set while it runs, as it is in force. */
export function Settings() {
  const words = useSignal('');
  const editing = useSignal<{ name: string; value: string } | null>(null);
  const changes = useSignal<Record<string, string | null> | null>(null);
  const settings = useLoad('settings', (signal) => client.operators.settings({ signal }));
  return (
    <Card>
      <div class="operate-search">
        <TextField label={t().filter} type="search" value={words.value} onInput={(value) => (words.value = value)} />
      </div>
      <Shown of={settings} rows={8}>
        {({ version, inForce, set }) => (
          <>
            <Table
              caption={t().settings}
              blocks
              rows={Object.entries(inForce).filter(([name]) => name.includes(words.value.trim().toUpperCase()))}
              keyOf={([name]) => name}
              columns={[
                { title: t().name, cell: ([name]) => <code>{name}</code> },
                {
                  title: t().value,
                  cell: ([name, value]) => (
                    <>
                      {value || '–'} {name in set && <Pill tone="info">{t().set}</Pill>}
                    </>
                  ),
                },
                ...(may('admin')
                  ? [
                      {
                        title: t().change,
                        cell: ([name, value]: [string, string]) => (
                          <span class="row">
                            {value !== SECRET && (
                              <Button
                                small
                                label={t().changeOne(name)}
                                onClick={() => (editing.value = { name, value })}
                              >
                                {t().change}
                              </Button>
                            )}
                            {name in set && (
                              <Button
                                small
                                look="quiet"
                                label={t().backOne(name)}
                                onClick={() => (changes.value = { [name]: null })}
                              >
                                {t().back}
                              </Button>
                            )}
                          </span>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
            <Dialog
              title={editing.value?.name ?? ''}
              open={editing.value !== null}
              onClose={() => (editing.value = null)}
            >
              <form
                class="stack"
                onSubmit={(event) => {
                  event.preventDefault();
                  const { name, value } = editing.value!;
                  editing.value = null;
                  changes.value = { [name]: value };
                }}
              >
                <TextField
                  label={t().value}
                  value={editing.value?.value ?? ''}
                  onInput={(value) => (editing.value = { ...editing.value!, value })}
                />
                <div>
                  <Button type="submit" look="main">
                    {t().next}
                  </Button>
                </div>
              </form>
            </Dialog>
            <Change
              title={t().change}
              changes={changes.value}
              version={version}
              onClose={() => (changes.value = null)}
              onChanged={settings.put}
            />
          </>
        )}
      </Shown>
    </Card>
  );
}
