import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { href } from '../frame/router.js';
import { Icon, type IconName } from './icons.js';

interface Look {
  /** `main`: the one thing to do here. */
  look?: 'main' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  small?: boolean;
  children?: ComponentChildren;
}

const classOf = ({ look = 'plain', small }: Look) => `button ${look}${small ? ' small' : ''}`;

interface ButtonProps extends Look {
  onClick?: () => void;
  type?: 'button' | 'submit';
  disabled?: boolean;
  /** Something is under way: it cannot be pressed, and says so. */
  busy?: boolean;
  /** Its name where it shows an icon alone. */
  label?: string;
  pressed?: boolean;
}

export function Button({ onClick, type = 'button', disabled, busy, label, pressed, ...look }: ButtonProps) {
  return (
    <button
      type={type}
      class={classOf(look)}
      disabled={disabled ?? false}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      onClick={busy ? undefined : onClick}
    >
      {busy ? <span class="spinner" aria-hidden="true" /> : look.icon && <Icon name={look.icon} />}
      {look.children}
    </button>
  );
}

/** A link below /console that looks like a button. */
export function LinkButton({ to, ...look }: Look & { to: string }) {
  return (
    <a class={classOf(look)} href={href(to)}>
      {look.icon && <Icon name={look.icon} />}
      {look.children}
    </a>
  );
}

interface FieldProps {
  label: string;
  /** What helps to fill it in. */
  hint?: ComponentChildren;
  /** What is wrong with it. */
  error?: string | null;
}

function Around({ id, label, hint, error, children }: FieldProps & { id: string; children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="fault" id={`${id}-fault`}>
          <Icon name="warn" size={16} /> {error}
        </p>
      )}
    </div>
  );
}

const told = (id: string, { hint, error }: FieldProps) => ({
  id,
  'aria-describedby': [hint && `${id}-hint`, error && `${id}-fault`].filter(Boolean).join(' ') || undefined,
  'aria-invalid': error ? true : undefined,
});

interface TextFieldProps extends FieldProps {
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'password' | 'number' | 'date' | 'datetime-local' | 'search' | 'url';
  autocomplete?: AutoFill;
  inputMode?: 'text' | 'numeric' | 'decimal';
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
  min?: number | string;
  max?: number | string;
  step?: number | 'any';
  maxLength?: number;
}

export function TextField({ label, hint, error, value, onInput, type = 'text', ...rest }: TextFieldProps) {
  const id = useId();
  const around = { label, hint, error };
  return (
    <Around id={id} {...around}>
      {/* The types tell the roles of each kind of field apart; none is given here. */}
      <input
        {...rest}
        {...told(id, around)}
        type={type as 'text'}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Around>
  );
}

interface TextAreaProps extends FieldProps {
  value: string;
  onInput: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  rows?: number;
  placeholder?: string;
  required?: boolean;
  maxLength?: number;
}

export function TextArea({ label, hint, error, value, onInput, ...rest }: TextAreaProps) {
  const id = useId();
  const around = { label, hint, error };
  return (
    <Around id={id} {...around}>
      <textarea {...rest} {...told(id, around)} value={value} onInput={(event) => onInput(event.currentTarget.value)} />
    </Around>
  );
}

interface Choice<T extends string> {
  value: T;
  label: string;
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
}

export function Select<T extends string>({ label, value, choices, onChange }: ChoiceProps<T>) {
  const id = useId();
  return (
    <Around id={id} label={label}>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Around>
  );
}

/** A few choices side by side, one of which holds. Arrow keys move between them, as between any radio buttons. */
export function Segmented<T extends string>({ label, value, choices, onChange }: ChoiceProps<T | ''>) {
  const name = useId();
  return (
    <fieldset class="segmented">
      <legend class="unseen">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The same below a label that is seen. */
export function SegmentedField<T extends string>(props: ChoiceProps<T | ''>) {
  return (
    <div class="field">
      <span class="field-label" aria-hidden="true">
        {props.label}
      </span>
      <Segmented {...props} />
    </div>
  );
}

interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onInput: (value: number) => void;
  /** The value in words. */
  said?: string;
}

export function Slider({ label, value, min, max, step, onInput, said }: SliderProps) {
  const id = useId();
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <output for={id}>{said ?? value}</output>
      <input
        id={id}
        type="range"
        {...{ min, max, step, value }}
        aria-valuetext={said}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}

export function CheckBox({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <label class="checkbox">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
