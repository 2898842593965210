import type { Plan } from '../../../../sdk/client.js';
import { foreign, Mixed } from '../../../kit/language/foreign.js';
import { money, number } from '../../../kit/language/format.js';
import { Card, Pill } from '../../../kit/parts/surfaces.js';
import { weight } from '../../../kit/planning/figures.js';
import { t as kit } from '../../../kit/planning/words.js';
import { t } from '../words.js';
import { leftShare, linesOf, packsOf, type Item } from './packs.js';

/** What is to be bought, in whole packs, with what is left over of each. */
export function Shopping({ plan }: { plan: Plan }) {
  const { shoppingList, currency } = plan;
  if (!shoppingList) return null;
  const { toBuy, atHome } = linesOf(shoppingList);
  const { totalCents, knownCents, leftoverCents, keptCents } = shoppingList;
  return (
    <Card title={t().shopping} icon="basket" beside={<b class="number">{money(knownCents, currency)}</b>}>
      <ul class="plan-list">
        {toBuy.map((item) => (
          <Line key={item.food} item={item} currency={currency} />
        ))}
      </ul>
      <p class="plan-total">
        <b>{totalCents === null ? t().totalKnown : t().total}</b>
        <b class="number">{money(knownCents, currency)}</b>
      </p>
      {leftoverCents > 0 && (
        <p class="quiet small">{t().leftTotal(money(leftoverCents, currency), money(keptCents, currency))}</p>
      )}
      {atHome.length > 0 && (
        <p class="quiet small plan-home">
          {t().atHome}: <span lang="en">{atHome.map(({ food }) => food).join(', ')}</span>
        </p>
      )}
    </Card>
  );
}

function Line({ item, currency }: { item: Item; currency: string }) {
  const { food, buyGrams, pieces, purchase } = item;
  const share = leftShare(item);
  return (
    <li>
      <b lang="en">{food}</b>
      <span class="number plan-price">{money(purchase?.cents ?? null, currency)}</span>
      <span class="quiet small">
        {packsOf(item).map(({ product, packs }) => (
          <span key={product} class="plan-pack">
            <Mixed text={kit().packs(number(packs), foreign(product))} />
          </span>
        ))}
        {!purchase && t().priceUnknown} {purchase?.isEstimate && <Pill>{t().estimate}</Pill>}
      </span>
      <span class="plan-left small">
        <span class="plan-fill" aria-hidden="true">
          <i style={{ width: `${(1 - share) * 100}%` }} />
        </span>
        <span class="quiet">
          <Mixed
            text={t().needs(
              pieces
                ? `${number(pieces.count)} ${foreign(`${pieces.of}${pieces.count === 1 ? '' : 's'}`)}`
                : weight(buyGrams),
            )}
          />
          {purchase && purchase.leftoverGrams > 0 && (
            <>
              , {t().left(weight(purchase.leftoverGrams))}
              {purchase.leftoverKeeps && ` (${t().leftKeeps})`}
            </>
          )}
        </span>
      </span>
    </li>
  );
}
