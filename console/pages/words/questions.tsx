import type { Cart } from '../../../sdk/client.js';
import { Button } from '../../kit/parts/controls.js';
import { t } from './words.js';

interface QuestionsProps {
  cart: Cart;
  isLatest: boolean;
  busy: boolean;
  onAnswer: (question: string, choice: string) => void;
}

/** What is not sure, each with its choices; one press answers. What was answered tells how. */
export function Questions({ cart, isLatest, busy, onAnswer }: QuestionsProps) {
  const { questions, questionsExpireAt } = cart;
  if (questions.length === 0) return null;
  const isExpired = questionsExpireAt !== null && Date.parse(questionsExpireAt) < Date.now();
  return (
    <div class="stack">
      {isExpired && questions.some(({ answer }) => answer === null) && <p class="quiet small">{t().expired}</p>}
      {questions.map((question) => {
        const given = question.choices.find(({ id }) => id === question.answer);
        const isAsked = isLatest && question.answer === null && !isExpired;
        return (
          <fieldset key={question.id} class="words-question">
            <legend>{question.text}</legend>
            {isAsked ? (
              <div class="row">
                {question.choices.map((choice) => (
                  <Button key={choice.id} small disabled={busy} onClick={() => onAnswer(question.id, choice.id)}>
                    {choice.label}
                  </Button>
                ))}
              </div>
            ) : (
              question.answer !== null && <p class="quiet">{t().answered(given?.label ?? question.answer)}</p>
            )}
          </fieldset>
        );
      })}
    </div>
  );
}
