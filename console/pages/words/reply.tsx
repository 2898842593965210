import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Cart, CreateRoute } from '../../../sdk/client.js';
import { address } from '../../kit/parts/address.js';
import { client } from '../../kit/client/api.js';
import { Button } from '../../kit/parts/controls.js';
import { go, href, wayOn } from '../../kit/frame/router.js';
import { Failed } from '../../kit/parts/states.js';
import { amountOf, type Line } from '../../kit/carts/amounts.js';
import { conditionsOf } from './conditions.js';
import { doesOf, pageOf, type Step } from './steps.js';
import { Questions } from './questions.js';
import { t } from './words.js';

type Action = Cart['actions'][number];

interface ReplyProps {
  cart: Cart;
  /** The cart that it was said about, if there was one. */
  before: Cart | null;
  /** Only what was said last can be answered. */
  isLatest: boolean;
  busy: boolean;
  onAnswer: (question: string, choice: string) => void;
  onSay: (text: string, about: string | null) => void;
}

/** What came of what was said: what was done, what was found, what is asked. */
export function Reply({ cart, before, isLatest, busy, onAnswer, onSay }: ReplyProps) {
  const { status, actions } = cart;
  return (
    <div class="words-reply" role={isLatest ? 'status' : undefined}>
      {status === 'open' && (
        <p class="quiet">
          <span class="spinner" aria-hidden="true" /> {t().reading}
        </p>
      )}
      {status === 'failed' && <p class="fault">{t().failed}</p>}
      {status === 'cancelled' && <p class="fault">{t().cancelled}</p>}
      {(status === 'ready' || status === 'needs_input') && actions.length === 0 && <p>{t().nothing}</p>}
      {actions.map((action) => (
        <Done
          key={`${action.type} ${String(action.span)}`}
          action={action}
          lines={[...cart.lines, ...(before?.lines ?? [])]}
        >
          {isLatest && <Next action={action} busy={busy} onSay={onSay} />}
        </Done>
      ))}
      <Questions cart={cart} isLatest={isLatest} busy={busy} onAnswer={onAnswer} />
    </div>
  );
}

function Done({ action, lines, children }: { action: Action; lines: readonly Line[]; children: ComponentChildren }) {
  const named = action.lines.flatMap((id) => {
    const line = lines.find((one) => one.id === id);
    return line ? [[amountOf(line), line.name].filter(Boolean).join(' ')] : [];
  });
  const conditions = action.type === 'constrain' ? conditionsOf(action.constraints) : [];
  const about = [...(named.length > 0 ? named : action.about), ...conditions];
  return (
    <div class="words-done">
      <p>
        <b>{t()[`did_${action.type}`]}</b>
        {about.length > 0 && <>: {about.join(', ')}</>}
      </p>
      {action.found.length > 0 && (
        <ul>
          {action.found.map((found) => {
            const page = pageOf(found);
            return (
              <li key={`${found.kind} ${found.id} ${found.text}`}>
                {page ? <a href={href(page)}>{found.text}</a> : found.text}
              </li>
            );
          })}
        </ul>
      )}
      {children}
    </div>
  );
}

/** What may be done from there, by one press each. */
function Next({ action, busy, onSay }: { action: Action } & Pick<ReplyProps, 'busy' | 'onSay'>) {
  const error = useSignal<Error | null>(null);
  const take = async (step: Step) => {
    const does = doesOf(step);
    if (does?.kind === 'say') return onSay(does.text, does.cartId);
    if (does?.kind === 'plan') return go('/plan');
    if (does?.kind !== 'ask') return;
    error.value = null;
    const on = wayOn();
    try {
      const body = { ...does.body, shippingAddress: address.peek(), reference: 'console' } as unknown as CreateRoute;
      const { id } = await client.routes.create(body);
      on(`/race/${id}`);
    } catch (problem) {
      error.value = problem as Error;
    }
  };
  const steps = action.next.filter((step) => doesOf(step) !== null);
  if (steps.length === 0) return null;
  return (
    <>
      <div class="row" lang="en">
        {steps.map((step) => (
          <Button key={step.label} small disabled={busy} onClick={() => void take(step)}>
            {step.label}
          </Button>
        ))}
      </div>
      {error.value && <Failed error={error.value} />}
    </>
  );
}
