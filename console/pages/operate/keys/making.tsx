import { useSignal } from '@preact/signals';
import type { MadeKey } from '../../../../sdk/client.js';
import { client } from '../../../kit/client/api.js';
import { Button, CheckBox, SegmentedField, Select, TextField } from '../../../kit/parts/controls.js';
import { Copyable } from '../../../kit/parts/copyable.js';
import { useLoad } from '../../../kit/client/loading.js';
import { Card } from '../../../kit/parts/surfaces.js';
import { Why } from '../why.js';
import { OF_OPERATORS, OF_TENANTS, type Scope } from './scopes.js';
import { t } from './words.js';

const LIVES = ['30', '90', '365', 'none'] as const;
type Life = (typeof LIVES)[number];
const NEW = 'new';

/** Makes a key, which is shown once. */
export function Making({ onMade }: { onMade: () => void }) {
  const open = useSignal(false);
  const made = useSignal<MadeKey | null>(null);
  return (
    <>
      <div>
        <Button look="main" icon="plus" onClick={() => (open.value = true)}>
          {t().make}
        </Button>
      </div>
      {made.value && (
        <Card title={t().madeTitle} icon="key">
          <p>{t().madeLead}</p>
          <Copyable text={made.value.key} />
          <p class="quiet small">
            {made.value.id} · {made.value.tenantId}
          </p>
        </Card>
      )}
      {open.value && (
        <Form
          onClose={() => (open.value = false)}
          onMade={(key) => {
            made.value = key;
            onMade();
          }}
        />
      )}
    </>
  );
}

function Form({ onClose, onMade }: { onClose: () => void; onMade: (made: MadeKey) => void }) {
  const tenant = useSignal<string>(NEW);
  const tenantName = useSignal('');
  const name = useSignal('');
  const life = useSignal<Life>('90');
  const scopes = useSignal<readonly Scope[]>(OF_TENANTS);
  const known = useLoad('tenants', (signal) => client.operators.keys({ limit: 100 }, { signal }));
  const tenants = new Map(known.now.value.value?.data.map(({ tenantId, tenantName: of }) => [tenantId, of]));
  const isNew = tenant.value === NEW;
  const box = (scope: Scope) => (
    <CheckBox
      key={scope}
      label={scope}
      checked={scopes.value.includes(scope)}
      onChange={(on) => (scopes.value = on ? [...scopes.value, scope] : scopes.value.filter((one) => one !== scope))}
    />
  );
  return (
    <Why
      title={t().make}
      open
      onClose={onClose}
      does={t().make}
      ready={name.value.trim() !== '' && scopes.value.length > 0 && !(isNew && tenantName.value.trim() === '')}
      act={async (why) => {
        const whose = isNew ? { tenantName: tenantName.value.trim() } : { tenantId: tenant.value };
        const expiresInDays = life.value === 'none' ? null : Number(life.value);
        const wish = { ...whose, name: name.value.trim(), scopes: [...scopes.value], expiresInDays, why };
        onMade(await client.operators.createKey(wish));
      }}
    >
      <Select
        label={t().tenant}
        value={tenant.value}
        choices={[
          { value: NEW, label: t().newTenant },
          ...[...tenants].map(([value, label]) => ({ value, label: `${label} (${value})` })),
        ]}
        onChange={(value) => (tenant.value = value)}
      />
      {isNew && (
        <TextField
          label={t().tenantName}
          required
          maxLength={100}
          value={tenantName.value}
          onInput={(value) => (tenantName.value = value)}
        />
      )}
      <TextField
        label={t().name}
        hint={t().nameHint}
        required
        maxLength={100}
        value={name.value}
        onInput={(value) => (name.value = value)}
      />
      <SegmentedField<Life>
        label={t().life}
        value={life.value}
        choices={LIVES.map((value) => ({ value, label: value === 'none' ? t().noEnd : t().days(Number(value)) }))}
        onChange={(value) => value && (life.value = value)}
      />
      <fieldset class="operate-boxes">
        <legend>{t().mayTenant}</legend>
        {OF_TENANTS.map(box)}
      </fieldset>
      <fieldset class="operate-boxes">
        <legend>{t().mayOperators}</legend>
        {OF_OPERATORS.map(box)}
      </fieldset>
    </Why>
  );
}
