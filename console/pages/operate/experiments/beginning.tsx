import { useSignal } from '@preact/signals';
import { client } from '../../../kit/client/api.js';
import { percent } from '../../../kit/language/format.js';
import { Button, Segmented, Slider, TextField } from '../../../kit/parts/controls.js';
import { Why } from '../why.js';
import { NO_SHARES, SWITCH, experimentOf, isSound, leftOf, type Shares } from './measures.js';
import { t } from './words.js';

type By = 'tenant' | 'request';

/** Begins an experiment of presets; one with weights of its own is begun from a terminal. */
export function Beginning({ version, onBegun }: { version: number; onBegun: () => void }) {
  const open = useSignal(false);
  const id = useSignal('');
  const by = useSignal<By>('tenant');
  const shares = useSignal<Shares>(NO_SHARES);
  return (
    <>
      <Button look="main" icon="plus" onClick={() => (open.value = true)}>
        {t().begin}
      </Button>
      <Why
        title={t().begin}
        open={open.value}
        onClose={() => (open.value = false)}
        does={t().begin}
        ready={isSound(id.value, shares.value)}
        act={async (why) => {
          const changes = { [SWITCH]: experimentOf(id.value, by.value, shares.value) };
          await client.operators.change({ changes, why }, version);
          onBegun();
        }}
      >
        <TextField
          label={t().id}
          hint={t().idHint}
          required
          maxLength={40}
          value={id.value}
          placeholder="price-2026"
          onInput={(value) => (id.value = value.trim())}
        />
        <Segmented<By>
          label={t().by}
          value={by.value}
          choices={[
            { value: 'tenant', label: t().by_tenant },
            { value: 'request', label: t().by_request },
          ]}
          onChange={(value) => value && (by.value = value)}
        />
        <div>
          {(Object.keys(shares.value) as (keyof Shares)[]).map((preset) => (
            <Slider
              key={preset}
              label={t()[preset]}
              value={shares.value[preset]}
              min={0}
              max={50}
              step={5}
              said={percent(shares.value[preset] / 100)}
              onInput={(share) => (shares.value = { ...shares.value, [preset]: share })}
            />
          ))}
          <p class={leftOf(shares.value) < 1 ? 'fault' : 'hint'}>{t().left(leftOf(shares.value))}</p>
        </div>
        <p class="quiet small">{t().guards}</p>
      </Why>
    </>
  );
}
