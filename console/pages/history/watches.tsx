import { useSignal } from '@preact/signals';
import type { CreatePriceWatch, PriceWatch } from '../../../sdk/client.js';
import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { Button, Segmented, TextField } from '../../kit/parts/controls.js';
import { money, percent } from '../../kit/language/format.js';
import { useEvery, useLoad } from '../../kit/client/loading.js';
import { href, place } from '../../kit/frame/router.js';
import { may } from '../../kit/client/session.js';
import { Empty, Failed, Shown } from '../../kit/parts/states.js';
import { Card, Pill } from '../../kit/parts/surfaces.js';
import { centsOf } from './amounts.js';
import { t } from './words.js';

const EVERY_MS = 15_000;
type Line = 'cents' | 'percentile' | 'share';

/** Who is told when a price crosses a line: by webhook, and here. */
export function Watches() {
  const watches = useLoad('watches', (signal) => client.priceWatches.list({ limit: 100 }, { signal }));
  useEvery(EVERY_MS, watches.again);
  const { busy, error, act } = useActing();
  const remove = (id: string) => void act(() => client.priceWatches.delete(id)).then(watches.again);
  return (
    <div class="beside">
      <Card title={t().watches} icon="clock">
        <Shown of={watches}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty icon="clock" title={t().noWatches} />
            ) : (
              <ul class="history-same">
                {data.map((watch) => (
                  <li key={watch.id}>
                    <span>
                      <Watched watch={watch} /> <span class="quiet">{lineSaid(watch)}</span>
                    </span>
                    <State watch={watch} />
                    {may('imports:write') && (
                      <Button
                        small
                        look="quiet"
                        icon="cross"
                        label={t().remove}
                        busy={busy.value}
                        onClick={() => remove(watch.id)}
                      />
                    )}
                  </li>
                ))}
              </ul>
            )
          }
        </Shown>
        {error.value && <Failed error={error.value} />}
      </Card>
      {may('imports:write') && <Create onCreated={watches.again} />}
    </div>
  );
}

const Watched = ({ watch: { product, food, words } }: { watch: PriceWatch }) =>
  product?.startsWith('prd_') ? (
    <a href={href(`/history/products/${product}`)}>{product}</a>
  ) : (
    <b>{food ?? words ?? product}</b>
  );

function State({ watch: { states } }: { watch: PriceWatch }) {
  const below = states.filter(({ side }) => side === 'below').length;
  if (states.length === 0) return <Pill>{t().notSeen}</Pill>;
  return below > 0 ? <Pill tone="good">{t().below(below)}</Pill> : <Pill tone="info">{t().above}</Pill>;
}

function lineSaid({ below, currency }: PriceWatch): string {
  if (typeof below.cents === 'number') return t().under(money(below.cents, currency));
  if (typeof below.share === 'number') return t().underShare(percent(below.share));
  return t().underPercentile(percent(Number(below.percentile)));
}

function Create({ onCreated }: { onCreated: () => void }) {
  const product = place.value.query.get('product');
  const food = useSignal('');
  const line = useSignal<Line>('cents');
  const text = useSignal('');
  const fault = useSignal<string | null>(null);
  const { busy, error, act } = useActing();
  const submit = (event: Event) => {
    event.preventDefault();
    const below = belowOf(line.value, text.value);
    fault.value = below ? null : t().noAmount;
    if (!below) return;
    const body: CreatePriceWatch = { ...(product ? { product } : { food: food.value.trim() }), below };
    void act(() => client.priceWatches.create(body)).then((isDone) => {
      if (!isDone) return;
      text.value = '';
      food.value = '';
      onCreated();
    });
  };
  return (
    <Card title={t().newWatch} icon="plus">
      <form class="stack" onSubmit={submit}>
        {product ? (
          <p>
            {t().product}: <a href={href(`/history/products/${product}`)}>{product}</a>
          </p>
        ) : (
          <TextField
            label={t().food}
            hint={t().foodHint}
            required
            value={food.value}
            onInput={(value) => (food.value = value)}
          />
        )}
        <Segmented<Line>
          label={t().line}
          value={line.value}
          choices={[
            { value: 'cents', label: t().line_cents },
            { value: 'percentile', label: t().line_percentile },
            { value: 'share', label: t().line_share },
          ]}
          onChange={(value) => value && (line.value = value)}
        />
        <TextField
          label={line.value === 'cents' ? t().aPrice : t().percentOf}
          hint={t()[`hint_${line.value}`]}
          inputMode="decimal"
          error={fault.value}
          value={text.value}
          onInput={(value) => (text.value = value)}
        />
        <div>
          <Button type="submit" look="main" busy={busy.value}>
            {t().watchIt}
          </Button>
        </div>
        {error.value && <Failed error={error.value} />}
      </form>
    </Card>
  );
}

function belowOf(line: Line, text: string): CreatePriceWatch['below'] | null {
  const hundredths = centsOf(text);
  if (hundredths === null) return null;
  if (line === 'cents') return { cents: hundredths };
  const share = hundredths / 10_000;
  return line === 'share' ? { share } : { percentile: share };
}
