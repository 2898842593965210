import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { LoopGPTError } from '../../../sdk/client.js';
import { isTryingAgain, reachable } from '../client/api.js';
import { t } from '../language/kit-words.js';
import { language } from '../language/words.js';
import type { Loading } from '../client/loading.js';
import { hintOf } from '../client/field-hints.js';
import { refusalIn } from '../client/refusals.js';
import { Button } from './controls.js';
import { Icon, type IconName } from './icons.js';

/** Nothing is there yet: what will be, and what to do for it. */
export function Empty({
  icon = 'basket',
  title,
  children,
}: {
  icon?: IconName;
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="state">
      <Icon name={icon} size={36} />
      <p class="state-title">{title}</p>
      {children}
    </div>
  );
}

/** From then on it is said that one waits. */
const LONG_MS = 3000;

/** `rows`: so many lines of what is to come. */
export function Waiting({ rows = 3 }: { rows?: number }) {
  const isLong = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => (isLong.value = true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="skeleton" role="status">
      <span class={isLong.value ? 'quiet small' : 'unseen'}>{isLong.value ? t().loadingLong : t().loading}</span>
      {Array.from({ length: rows }, (_, at) => (
        <i key={at} aria-hidden="true" />
      ))}
    </div>
  );
}

/** What was refused, in the language that is spoken where it is known here. */
export function Refusal({ error }: { error: Error }) {
  if (!(error instanceof LoopGPTError)) return <>{t().unreached}</>;
  const { said, lang } = refusalIn(error);
  return <span lang={lang}>{said}</span>;
}

/** Whether asking the same again cannot help: it is not there, or not for this key. */
const isFinal = (refused: LoopGPTError | null): boolean => [403, 404, 410].includes(refused?.status ?? 0);

/** What went wrong and what is to be done, with what to quote when asking for help. */
export function Failed({ error, again }: { error: Error; again?: () => void }) {
  const refused = error instanceof LoopGPTError ? error : null;
  return (
    <div class="state failed" role="alert">
      <Icon name="warn" size={32} />
      <p class="state-title">
        <Refusal error={error} />
      </p>
      {refused?.errors.map((fault) => {
        const { said, lang } = hintOf(fault);
        return (
          <p key={`${fault.pointer} ${fault.detail}`} class="quiet" lang={lang}>
            {fault.pointer && (lang || language.value === 'en') && `${fault.pointer}: `}
            {said}
          </p>
        );
      })}
      {refused && (
        <p class="quiet">
          <a href={`/docs/errors/${refused.code}`} target="_blank" rel="noreferrer">
            {refused.code}
          </a>
          {refused.requestId && <> · {refused.requestId}</>}
        </p>
      )}
      {again && !isFinal(refused) && (
        <Button icon="again" onClick={again}>
          {t().again}
        </Button>
      )}
    </div>
  );
}

interface ShownProps<T> {
  of: Loading<T>;
  rows?: number;
  children: (value: T) => ComponentChildren;
}

/** What was read once it is there; until then that it is awaited, or why it does not come. */
export function Shown<T>({ of, rows, children }: ShownProps<T>) {
  const { value, error } = of.now.value;
  if (value !== null) return <>{children(value)}</>;
  return error ? <Failed error={error} again={of.again} /> : <Waiting rows={rows} />;
}

/** Above everything while the API does not answer, or fails at something that is asked again. */
export function Offline() {
  return (
    <div class="offline" role="status">
      {!reachable.value && (
        <p>
          <span class="spinner" aria-hidden="true" /> {t().offline}
        </p>
      )}
      {reachable.value && isTryingAgain.value && (
        <p>
          <span class="spinner" aria-hidden="true" /> {t().struggling}
        </p>
      )}
    </div>
  );
}
