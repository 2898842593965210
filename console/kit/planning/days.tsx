import { SegmentedField, Slider } from '../parts/controls.js';
import { tell, wish } from './asked.js';
import { t } from './words.js';

const MEALS = ['2', '3', '4', '5', '6'] as const;

/** For how long, and how many meals each day. */
export function Days() {
  const { begins, days, mealsPerDay } = wish.value;
  return (
    <div class="plan-pair">
      <Slider
        label={t().days}
        min={1}
        max={14}
        step={1}
        value={days}
        said={t().daysSaid(days)}
        onInput={(told) => tell({ days: told })}
      />
      <SegmentedField<'today' | 'tomorrow'>
        label={t().begins}
        value={begins}
        choices={[
          { value: 'today', label: t().today },
          { value: 'tomorrow', label: t().tomorrow },
        ]}
        onChange={(told) => told && tell({ begins: told })}
      />
      <SegmentedField
        label={t().meals}
        value={String(mealsPerDay)}
        choices={MEALS.map((count) => ({ value: count, label: count }))}
        onChange={(told) => tell({ mealsPerDay: Number(told) })}
      />
    </div>
  );
}
