import { useComputed, useSignal } from '@preact/signals';
import type { Cart } from '../../../sdk/client.js';
import { may } from '../../kit/client/session.js';
import { t as kit } from '../../kit/language/kit-words.js';
import { Address, address, addressLine } from '../../kit/parts/address.js';
import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { Button, Slider, TextArea } from '../../kit/parts/controls.js';
import { duration } from '../../kit/language/format.js';
import { wayOn } from '../../kit/frame/router.js';
import { Failed } from '../../kit/parts/states.js';
import { Card, Heading } from '../../kit/parts/surfaces.js';
import { language } from '../../kit/language/words.js';
import { Basket, Questions } from './questions.js';
import { RecentRoutes } from './recent.js';
import { SAMPLES } from './samples.js';
import { t } from './words.js';

const DEADLINE_MS = 8000;

/** The list, what is asked about it, and the way into the race. */
export function Start() {
  const text = useSignal('');
  const deadlineMs = useSignal(DEADLINE_MS);
  const cart = useSignal<Cart | null>(null);
  const { busy, error, act } = useActing();
  const fault = useComputed(() => {
    const { status, lines, questions } = cart.value ?? {};
    if (status === 'failed' || status === 'cancelled') return t().failed;
    return status && lines?.length === 0 && questions?.length === 0 ? t().nothing : null;
  });

  const race = async (id: string, on = wayOn()) => {
    const routed = await client.carts.route(id, {
      shippingAddress: address.value,
      acceptDefaults: true,
      deadlineMs: deadlineMs.value,
      reference: 'console',
    });
    on(`/race/${routed.routeId}`);
  };

  const read = (words: string) =>
    act(async () => {
      const on = wayOn();
      const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const read = await client.carts.create({ text: words, locale: language.value, timezone }).wait();
      cart.value = read;
      if (read.status === 'ready' && read.routable) await race(read.id, on);
    });

  const mayStart = may('carts:write') && may('routes:write');
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.value.trim()) void read(text.value);
  };

  return (
    <div class="race-start stack">
      <Heading title={t().title} lead={t().lead} />
      <div class="race-columns">
        <Card kind="race-form">
          <form class="stack" onSubmit={submit}>
            <TextArea
              label={t().list}
              hint={t().listHint}
              error={fault.value}
              placeholder={t().placeholder}
              rows={4}
              maxLength={4000}
              value={text.value}
              onInput={(value) => (text.value = value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
              }}
            />
            <div class="row" role="group" aria-label={t().samples}>
              <span class="quiet small">{t().samples}</span>
              {SAMPLES[language.value].map(({ name, text: words }) => (
                <Button key={name} small onClick={() => (text.value = words)}>
                  {name}
                </Button>
              ))}
            </div>
            <details class="race-options">
              <summary>
                {t().address}: <span class="quiet">{addressLine()}</span>
              </summary>
              <Address />
              <Slider
                label={t().deadline}
                min={500}
                max={20_000}
                step={500}
                value={deadlineMs.value}
                said={duration(deadlineMs.value)}
                onInput={(value) => (deadlineMs.value = value)}
              />
            </details>
            <div class="row">
              <Button type="submit" look="main" icon="race" busy={busy.value} disabled={!mayStart}>
                {busy.value ? t().reading : t().start}
              </Button>
              {!mayStart && <p class="quiet">{kit().mayLook}</p>}
            </div>
            {error.value && <Failed error={error.value} />}
          </form>
        </Card>
        {cart.value && (cart.value.questions.length > 0 || cart.value.lines.length > 0) && !fault.value ? (
          <Card title={cart.value.questions.length > 0 ? t().questions : t().basket} icon="basket">
            <Basket lines={cart.value.lines} />
            <Questions
              key={`${cart.value.id} ${cart.value.version}`}
              cart={cart.value}
              busy={busy.value}
              onStart={(id) => void act(() => race(id))}
              onAnswered={(next) => (cart.value = next)}
            />
          </Card>
        ) : (
          <RecentRoutes />
        )}
      </div>
    </div>
  );
}
