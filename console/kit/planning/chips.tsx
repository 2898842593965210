import { useId } from 'preact/hooks';
import { Button } from '../parts/controls.js';
import { Icon } from '../parts/icons.js';

interface ChipsProps<T extends string> {
  label: string;
  error?: string | null;
  choices: readonly { value: T; label: string }[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}

/** Several of a few. */
export function Chips<T extends string>({ label, error, choices, chosen, onChange }: ChipsProps<T>) {
  const id = useId();
  const turn = (value: T) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <div class="field" role="group" aria-labelledby={id}>
      <span class="field-label" id={id}>
        {label}
      </span>
      <div class="plan-chips">
        {choices.map(({ value, label: name }) => (
          <Button key={value} small pressed={chosen.includes(value)} onClick={() => turn(value)}>
            {name}
          </Button>
        ))}
      </div>
      {error && (
        <p class="fault">
          <Icon name="warn" size={16} /> {error}
        </p>
      )}
    </div>
  );
}
