import type { ComponentChildren } from 'preact';
import type { Import } from '../../../sdk/client.js';
import { money } from '../../kit/language/format.js';
import { Icon } from '../../kit/parts/icons.js';
import { Pill } from '../../kit/parts/surfaces.js';
import { leftOut, talliesOf } from './telling.js';
import { questionIn } from './asked.js';
import { t } from './words.js';

type Outcome = NonNullable<Import['outcome']>;
const PLACES = 6;

interface ToldProps {
  outcome: Outcome;
  /** It was only tried: questions cannot be answered yet. */
  isTried?: boolean;
  /** What to answer with beside a question. */
  answering?: (question: Outcome['questions'][number]) => ComponentChildren;
}

/** What an import says: what it does to the history, what it left out, and what it asks. */
export function Told({ outcome, isTried = false, answering }: ToldProps) {
  const tallies = talliesOf(outcome);
  const left = leftOut(outcome);
  return (
    <>
      {outcome.refused && (
        <p class="fault">
          <Icon name="warn" size={18} />
          <span>
            {t().unreadable} <span lang="en">{outcome.refused}</span>
          </span>
        </p>
      )}
      {tallies.length > 0 && (
        <ul class="history-tallies">
          {tallies.map(({ what, count }) => (
            <li key={what} class={what}>
              <b class="number">{count}</b> {t()[what](count)}
            </li>
          ))}
        </ul>
      )}
      <p class="row quiet small">
        {outcome.format && <Pill>{t().format(outcome.format)}</Pill>}
        {outcome.lines > 0 && <span>{t().lines(outcome.lines)}</span>}
        {outcome.evidence > 0 && <span>{t().evidence(outcome.evidence)}</span>}
        {outcome.charges && outcome.charges.length > 0 && (
          <span>
            {t().charges(outcome.charges.length, money(outcome.charges.reduce((sum, { cents }) => sum + cents, 0)))}
          </span>
        )}
      </p>
      {outcome.carts.map(({ title, lines }) => (
        <p key={title}>
          <b>{title}</b> <span class="quiet">{lines.map(({ name }) => name).join(', ')}</span>
        </p>
      ))}
      {outcome.questions.length > 0 && (
        <section aria-label={t().questions} class="history-questions">
          <h3>{t().questions}</h3>
          {isTried && outcome.questions.some(({ choices }) => choices) && <p class="quiet small">{t().answerLater}</p>}
          {outcome.questions.map((question, at) => (
            <fieldset key={question.id ?? at} class="history-question">
              <Asked question={question} />
              {answering?.(question)}
            </fieldset>
          ))}
        </section>
      )}
      {left.length > 0 && (
        <details class="history-left">
          <summary>{t().leftOut(outcome.skipped.length)}</summary>
          <ul>
            {left.map(({ reason, places }) => (
              <li key={reason}>
                <span lang="en">{reason}</span>{' '}
                <span class="quiet small">
                  {places.slice(0, PLACES).join(', ')}
                  {places.length > PLACES && ` ${t().andMore(places.length - PLACES)}`}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** What is asked, in the language that is spoken; what the API tells of it beside in English. */
function Asked({ question: { code, text, about } }: { question: Outcome['questions'][number] }) {
  const said = questionIn(code, about);
  if (said === undefined)
    return (
      <>
        <legend class="unseen">{text}</legend>
        <p>{text}</p>
      </>
    );
  return (
    <>
      <legend class="unseen">{said}</legend>
      <p>
        {said}{' '}
        {!about && (
          <span lang="en" class="quiet small">
            {text}
          </span>
        )}
      </p>
    </>
  );
}
