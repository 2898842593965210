import { useSignal } from '@preact/signals';
import type { Plan } from '../../../../sdk/client.js';
import { Segmented } from '../../../kit/parts/controls.js';
import { list } from '../../../kit/language/format.js';
import { Card, Dialog, Pill } from '../../../kit/parts/surfaces.js';
import { amount, dateName, measured } from '../../../kit/planning/figures.js';
import { nameOf, unitOf } from '../../../kit/planning/terms.js';
import { t as kit } from '../../../kit/planning/words.js';
import { t } from '../words.js';
import { gridOf, peopleOf, type Cell } from './bands.js';

/** Nutrients down, days across, each with its band; what a figure is made of opens from it. */
export function Proof({ plan }: { plan: Plan }) {
  const rows = plan.proof?.rows ?? [];
  const people = peopleOf(rows);
  const chosen = useSignal(people[0] ?? '');
  const opened = useSignal<Cell | null>(null);
  if (people.length === 0) return null;
  const grid = gridOf(rows, chosen.value);
  const count = grid.nutrients.reduce((sum, { cells }) => sum + cells.filter((cell) => cell?.row.isMet).length, 0);
  const all = grid.nutrients.reduce((sum, { cells }) => sum + cells.filter(Boolean).length, 0);
  return (
    <Card
      title={t().proof}
      icon="shield"
      beside={
        people.length > 1 && (
          <Segmented
            label={t().who}
            value={chosen.value}
            choices={people.map((id) => ({ value: id, label: id }))}
            onChange={(id) => (chosen.value = id)}
          />
        )
      }
    >
      <div class="row spread plan-legend">
        <p class="quiet small">{t().proofLead}</p>
        <Pill tone={count === all ? 'good' : 'bad'} icon={count === all ? 'check' : 'warn'}>
          {count === all ? t().all(all) : kit().checked(count, all)}
        </Pill>
      </div>
      <div class="wide plan-proof" tabIndex={0} role="region" aria-label={t().proof}>
        <table>
          <caption class="unseen">{t().proof}</caption>
          <thead>
            <tr>
              <th scope="col">{t().nutrient}</th>
              {grid.dates.map((date) => (
                <th key={date} scope="col">
                  {dateName(date, 'short')}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.nutrients.map(({ nutrient, cells }) => (
              <tr key={nutrient}>
                <th scope="row">
                  {nameOf(nutrient)} <span class="quiet small">{unitOf(nutrient)}</span>
                </th>
                {cells.map((cell, at) => (
                  <td key={grid.dates[at]}>{cell && <Band cell={cell} open={() => (opened.value = cell)} />}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Sources cell={opened.value} plan={plan} onClose={() => (opened.value = null)} />
    </Card>
  );
}

/** What a day must hold of it, in words. */
function limits({ row: { min, max, nutrient } }: Cell): string {
  if (min !== null && max !== null) return t().within(amount(min), measured(max, nutrient));
  return min === null ? t().atMost(measured(max ?? 0, nutrient)) : t().atLeast(measured(min, nutrient));
}

const share = (of: number): string => `${(of * 100).toFixed(1)}%`;

function Band({ cell, open }: { cell: Cell; open: () => void }) {
  const { row, at, from, to } = cell;
  return (
    <button type="button" class={row.isMet ? 'plan-band' : 'plan-band missed'} title={limits(cell)} onClick={open}>
      <span class="number">
        {amount(row.value)}
        <span class="unseen">
          {' '}
          {unitOf(row.nutrient)}, {limits(cell)}
          {row.isMet ? '' : `, ${t().missed}`}
        </span>
      </span>
      <span class="plan-track" aria-hidden="true">
        <i class="plan-zone" style={{ left: share(from), right: share(1 - to) }} />
        <i class="plan-dot" style={{ left: share(at) }} />
      </span>
    </button>
  );
}

/** Which meals a figure comes from. */
function Sources({ cell, plan, onClose }: { cell: Cell | null; plan: Plan; onClose: () => void }) {
  const row = cell?.row;
  const titles = new Map(plan.days.flatMap(({ meals }) => meals.map(({ recipeId, title }) => [recipeId, title])));
  const most = Math.max(...(row?.sources.map(({ amount: part }) => part) ?? []), 0.001);
  return (
    <Dialog
      title={row ? t().from(nameOf(row.nutrient), dateName(row.date)) : ''}
      open={cell !== null}
      onClose={onClose}
    >
      {cell && row && (
        <div class="stack">
          <p>
            <b class="number">{measured(row.value, row.nutrient)}</b> <span class="quiet">{limits(cell)}</span>
          </p>
          <ul class="plan-sources">
            {row.sources.map((source) => (
              <li key={`${source.slot} ${source.recipeId}`}>
                <span>
                  <span class="quiet small">{nameOf(source.slot)}</span> {titles.get(source.recipeId)}
                </span>
                <span class="number">{measured(source.amount, row.nutrient)}</span>
                <i aria-hidden="true" style={{ width: share(source.amount / most) }} />
              </li>
            ))}
          </ul>
          {row.unknownFoods.length > 0 && <p class="quiet small">{t().unknownFoods(list(row.unknownFoods))}</p>}
        </div>
      )}
    </Dialog>
  );
}
