import { useSignal } from '@preact/signals';
import type { PriceCheck, Product } from '../../../sdk/client.js';
import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { Button, TextField } from '../../kit/parts/controls.js';
import { day, money, percent } from '../../kit/language/format.js';
import { Failed } from '../../kit/parts/states.js';
import { Card, Pill } from '../../kit/parts/surfaces.js';
import { locale } from '../../kit/language/words.js';
import { centsOf, typed } from './amounts.js';
import { t } from './words.js';

const TONES = { low: 'good', usual: 'plain', high: 'bad', unknown: 'warn' } as const;

/** A price is judged by what was seen, and says by how much of it. */
export function GoodPrice({ product: { id, lastCents } }: { product: Product }) {
  const text = useSignal(lastCents === null ? '' : typed(lastCents, locale()));
  const fault = useSignal<string | null>(null);
  const check = useSignal<PriceCheck | null>(null);
  const { busy, error, act } = useActing();
  const submit = (event: Event) => {
    event.preventDefault();
    const cents = centsOf(text.value);
    fault.value = cents === null ? t().noAmount : null;
    if (cents !== null) void act(async () => (check.value = await client.prices.check(id, { cents })));
  };
  return (
    <Card title={t().goodPrice} icon="trophy">
      <form class="history-inline" onSubmit={submit}>
        <TextField
          label={t().aPrice}
          inputMode="decimal"
          value={text.value}
          error={fault.value}
          onInput={(value) => (text.value = value)}
        />
        <Button type="submit" look="main" busy={busy.value}>
          {t().judge}
        </Button>
      </form>
      <div role="status">{check.value && <Verdict check={check.value} />}</div>
      {error.value && <Failed error={error.value} />}
    </Card>
  );
}

function Verdict({ check }: { check: PriceCheck }) {
  const { verdict, reasonCode, percentile, n, lowest, median, last, lowestInDays, evidence, asked } = check;
  const { currency } = asked;
  return (
    <div class="history-verdict">
      <p class={`history-verdict-word ${verdict}`}>
        {t()[`verdict_${verdict}`]} <Pill tone={TONES[verdict]}>{t().seen(n)}</Pill>
      </p>
      {reasonCode && <p class="quiet">{t()[`why_${reasonCode}`]}</p>}
      {percentile !== null && (
        <>
          <div class="history-scale" aria-hidden="true">
            <i style={{ left: `${(1 - percentile) * 100}%` }} />
          </div>
          <p class="small">{t().atOrAbove(percent(percentile))}</p>
        </>
      )}
      {n > 0 && (
        <p class="quiet small">
          {t().lowest} {money(lowest, currency)} · {t().median} {money(median, currency)} · {t().last}{' '}
          {money(last, currency)}
          {lowestInDays !== null && lowestInDays > 0 && ` · ${t().lowestIn(lowestInDays)}`}
        </p>
      )}
      {evidence.length > 0 && (
        <details>
          <summary>{t().evidenceOf}</summary>
          <ul class="small">
            {evidence.map((one) => (
              <li key={one.id}>
                {day(one.observedOn)}: <span class="number">{money(one.cents, currency)}</span>,{' '}
                {t()[`kind_${one.kind}`]}, {one.store}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
