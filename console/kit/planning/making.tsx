import { useSignal } from '@preact/signals';
import { LoopGPTError, type Event, type Plan } from '../../../sdk/client.js';
import { client } from '../client/api.js';
import { Button } from '../parts/controls.js';
import { money } from '../language/format.js';
import { Icon } from '../parts/icons.js';
import { useEvery, useFollow } from '../client/loading.js';
import { Card, Heading, Pill } from '../parts/surfaces.js';
import { stepsOf, type Step } from './progress.js';
import { t } from './words.js';

const LOOK_MS = 2500;

/** A plan while it is made: each step as it is announced. */
export function Making({ plan, read }: { plan: Plan; read: () => void }) {
  const heard = useSignal<readonly Event[]>([]);
  const isEnding = useSignal(false);
  useFollow(
    [plan.id],
    (event) => {
      if (event.type !== 'gap' && 'data' in event) heard.value = [...heard.peek(), event];
      else read();
    },
    { onEnd: read },
  );
  useEvery(LOOK_MS, read);
  // No shop sells for a cart in kroner.
  const steps = stepsOf(heard.value).filter(({ name }) => name !== 'routed' || plan.currency === 'USD');
  const cancel = async () => {
    isEnding.value = true;
    try {
      await client.plans.cancel(plan.id);
    } catch (problem) {
      // One that was closed meanwhile is read as what it became.
      if (!(problem instanceof LoopGPTError)) isEnding.value = false;
    }
    read();
  };
  return (
    <div class="stack">
      <Heading title={t().making} lead={t().makingLead}>
        <Button icon="cross" busy={isEnding.value} onClick={() => void cancel()}>
          {t().cancel}
        </Button>
      </Heading>
      <Card>
        <ol class="plan-steps">
          {steps.map((step) => (
            <li key={step.name} class={step.state}>
              <span class="plan-step-mark" aria-hidden="true">
                {step.state === 'done' ? (
                  <Icon name="check" size={18} />
                ) : (
                  step.state === 'now' && <span class="spinner" />
                )}
              </span>
              <span>
                {t()[`step_${step.name}`]} <span class="unseen">({t()[`step_${step.state}`]})</span>
              </span>
              <span class="quiet number">{saidOf(step, plan.currency)}</span>
            </li>
          ))}
        </ol>
        {plan.queue && plan.queue.position > 1 && <Pill tone="info">{t().inLine(plan.queue.position - 1)}</Pill>}
      </Card>
      <p class="unseen" role="status">
        {steps
          .filter(({ state }) => state === 'now')
          .map(({ name }) => t()[`step_${name}`])
          .join()}
      </p>
    </div>
  );
}

function saidOf({ name, data }: Step, currency: string): string {
  if (!data) return '';
  if (name === 'checked') return t().checked(data.targetsMet as number, data.targets as number);
  if (name === 'priced') return money(data.knownCents as number, currency);
  return name === 'drafted' ? (data.origin === 'claude' ? t().byClaude : t().bySolver) : '';
}
