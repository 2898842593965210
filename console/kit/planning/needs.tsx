import { TextField } from '../parts/controls.js';
import { tell, wish } from './asked.js';
import { Chips } from './chips.js';
import type { Faults } from './faults.js';
import { ALLERGENS, DIETS, named } from './terms.js';
import { t } from './words.js';

/** What they eat, and what they must not have. */
export function Needs({ faults }: { faults: Faults }) {
  const { diets, allergens, moreAllergens, dislikes } = wish.value;
  return (
    <>
      <Chips
        label={t().diets}
        error={faults.of('diets')}
        choices={Object.entries(DIETS).map(([value, names]) => ({ value, label: named(names) }))}
        chosen={diets}
        onChange={(told) => tell({ diets: told })}
      />
      <Chips
        label={t().allergens}
        choices={Object.entries(ALLERGENS).map(([value, names]) => ({ value, label: named(names) }))}
        chosen={allergens}
        onChange={(told) => tell({ allergens: told })}
      />
      <div class="plan-pair">
        <TextField
          label={t().moreAllergens}
          hint={t().moreAllergensHint}
          error={faults.of('allergens')}
          value={moreAllergens}
          onInput={(told) => tell({ moreAllergens: told })}
        />
        <TextField
          label={t().dislikes}
          hint={t().dislikesHint}
          error={faults.of('dislikes')}
          value={dislikes}
          onInput={(told) => tell({ dislikes: told })}
        />
      </div>
    </>
  );
}
