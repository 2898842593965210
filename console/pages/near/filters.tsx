import { CheckBox, SegmentedField } from '../../kit/parts/controls.js';
import { Chips } from '../../kit/planning/chips.js';
import { go } from '../../kit/frame/router.js';
import { chainName } from './chains.js';
import { ORDERS, pathOf, type Look, type Order } from './look.js';
import { t } from './words.js';

/** Which of what is there, and in what order. */
export function Filters({ look, chains }: { look: Look; chains: readonly string[] }) {
  const change = (part: Partial<Look>) => go(pathOf({ ...look, ...part }), { replace: true });
  // One that was chosen elsewhere can be given up here.
  const all = [...new Set([...chains, ...look.chains])];
  return (
    <div class="near-filters">
      <SegmentedField<Order>
        label={t().order}
        value={look.by}
        choices={ORDERS.map((by) => ({ value: by, label: t()[`by_${by}`] }))}
        onChange={(by) => by && change({ by })}
      />
      {all.length > 1 && (
        <Chips
          label={t().chains}
          choices={all.map((chain) => ({ value: chain, label: chainName(chain) }))}
          chosen={look.chains}
          onChange={(told) => change({ chains: told })}
        />
      )}
      <CheckBox label={t().openNow} checked={look.openNow} onChange={(openNow) => change({ openNow })} />
    </div>
  );
}
