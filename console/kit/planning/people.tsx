import { Button, Select, TextField } from '../parts/controls.js';
import { Icon } from '../parts/icons.js';
import { tell, wish } from './asked.js';
import { another, figure, MAX_PEOPLE, twins, usualSize, type Eater } from './wish.js';
import { t } from './words.js';

const ACTIVITIES = ['sedentary', 'low_active', 'active', 'very_active'] as const;
const GOALS = ['maintain', 'lose', 'gain'] as const;

/** Who eats, a row for each. */
export function People({ fault }: { fault: string | null }) {
  const { people } = wish.value;
  const twice = twins(people);
  const change = (key: number, part: Partial<Eater>) =>
    tell({ people: people.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  return (
    <div class="stack">
      {people.map((one) => (
        <fieldset key={one.key} class="plan-person">
          <legend class="unseen">{one.name}</legend>
          <TextField
            label={t().name}
            error={twice.has(one.name.trim()) ? t().twin : null}
            maxLength={40}
            autocomplete="off"
            value={one.name}
            onInput={(name) => change(one.key, { name })}
          />
          <Select
            label={t().sex}
            value={one.sex}
            choices={(['female', 'male'] as const).map((value) => ({ value, label: t()[value] }))}
            onChange={(sex) => change(one.key, { sex })}
          />
          <TextField
            label={t().age}
            error={figure(one.ageYears) === null ? t().ageMissing : null}
            inputMode="numeric"
            maxLength={3}
            value={one.ageYears}
            onInput={(ageYears) => change(one.key, { ageYears })}
          />
          <Size one={one} change={(part) => change(one.key, part)} />
          <Select
            label={t().activity}
            value={one.activity}
            choices={ACTIVITIES.map((value) => ({ value, label: t()[value] }))}
            onChange={(activity) => change(one.key, { activity })}
          />
          <Select
            label={t().goal}
            value={one.goal}
            choices={GOALS.map((value) => ({ value, label: t()[value] }))}
            onChange={(goal) => change(one.key, { goal })}
          />
          {people.length > 1 && (
            <Button
              look="quiet"
              icon="cross"
              label={t().removePerson(one.name)}
              onClick={() => tell({ people: people.filter(({ key }) => key !== one.key) })}
            />
          )}
        </fieldset>
      ))}
      <div class="row spread">
        <p class="hint">{t().sizeHint}</p>
        {people.length < MAX_PEOPLE && (
          <Button
            small
            icon="plus"
            onClick={() => tell({ people: [...people, another(people, t().person(people.length + 1))] })}
          >
            {t().addPerson}
          </Button>
        )}
      </div>
      {fault && (
        <p class="fault">
          <Icon name="warn" size={16} /> {fault}
        </p>
      )}
    </div>
  );
}

/** What is usual stands there, greyed, until something is told. */
function Size({ one, change }: { one: Eater; change: (part: Partial<Eater>) => void }) {
  const usual = usualSize(figure(one.ageYears) ?? 35, one.sex);
  return (
    <>
      <TextField
        label={t().height}
        inputMode="decimal"
        placeholder={String(usual.heightCm)}
        value={one.heightCm}
        onInput={(heightCm) => change({ heightCm })}
      />
      <TextField
        label={t().weight}
        inputMode="decimal"
        placeholder={String(usual.weightKg)}
        value={one.weightKg}
        onInput={(weightKg) => change({ weightKg })}
      />
    </>
  );
}
