import { useSignal } from '@preact/signals';
import type { Cart } from '../../../sdk/client.js';
import { amountOf } from '../../kit/carts/amounts.js';
import { client } from '../../kit/client/api.js';
import { Button } from '../../kit/parts/controls.js';
import { Failed } from '../../kit/parts/states.js';
import { t } from './words.js';

type Line = Cart['lines'][number];

/** What is settled, as it was read. */
export function Basket({ lines }: { lines: readonly Line[] }) {
  const settled = lines.filter(({ state }) => state === 'settled');
  if (settled.length === 0) return null;
  return (
    <ul class="race-basket" aria-label={t().basket}>
      {settled.map((line) => (
        <li key={line.id}>
          <b>{amountOf(line)}</b> {line.name}
        </li>
      ))}
    </ul>
  );
}

interface QuestionsProps {
  cart: Cart;
  busy: boolean;
  onStart: (id: string) => void;
  onAnswered: (cart: Cart) => void;
}

/** Each with its choices; once all have one they are sent, all or none, and the race begins when nothing is open. */
export function Questions({ cart, busy, onStart, onAnswered }: QuestionsProps) {
  const open = cart.questions.filter(({ answer }) => answer === null);
  const chosen = useSignal<Readonly<Record<string, string>>>({});
  const sending = useSignal(false);
  const error = useSignal<Error | null>(null);

  const choose = async (question: string, choice: string) => {
    chosen.value = { ...chosen.value, [question]: choice };
    if (Object.keys(chosen.value).length < open.length) return;
    sending.value = true;
    error.value = null;
    try {
      const answers = Object.entries(chosen.value).map(([id, picked]) => ({ question: id, choice: picked }));
      const next = await client.carts.answer(cart.id, { version: cart.version, answers });
      onAnswered(next);
      if (next.routable) onStart(next.id);
    } catch (problem) {
      error.value = problem as Error;
    }
    sending.value = false;
  };

  return (
    <div class="stack">
      {open.length > 0 && <p class="quiet">{t().questionsLead}</p>}
      {open.map((question) => (
        <fieldset key={question.id} class="race-question">
          <legend>{question.text}</legend>
          <div class="row">
            {question.choices.map((choice) => (
              <Button
                key={choice.id}
                small
                pressed={chosen.value[question.id] === choice.id}
                disabled={sending.value}
                onClick={() => void choose(question.id, choice.id)}
              >
                {choice.label}
              </Button>
            ))}
          </div>
        </fieldset>
      ))}
      {error.value && <Failed error={error.value} />}
      <div class="row">
        {open.length > 1 && (
          <span class="quiet small" aria-live="polite">
            {t().answered(Object.keys(chosen.value).length, open.length)}
          </span>
        )}
        {cart.lines.some(({ state }) => state === 'settled') && (
          <Button
            small
            look={open.length === 0 ? 'main' : 'quiet'}
            icon="race"
            busy={busy || sending.value}
            onClick={() => onStart(cart.id)}
          >
            {open.length === 0 ? t().start : t().without}
          </Button>
        )}
      </div>
    </div>
  );
}
