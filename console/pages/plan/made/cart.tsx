import type { Plan } from '../../../../sdk/client.js';
import { LinkButton } from '../../../kit/parts/controls.js';
import { list, money } from '../../../kit/language/format.js';
import { wordFor } from '../../../kit/routes/route-words.js';
import { Card, Pill } from '../../../kit/parts/surfaces.js';
import { plainName } from '../../../kit/language/provider-names.js';
import { t } from '../words.js';

/** The list as a cart that was routed: who sells it, and the way to all who might. */
export function Cart({ plan, route }: { plan: Plan; route: NonNullable<Plan['route']> }) {
  const { livePrices } = plan;
  const compared = livePrices?.compared;
  return (
    <Card title={t().cart} icon="route" beside={route.status && <Pill>{wordFor(route.status)}</Pill>}>
      <div class="stack plan-cart">
        {route.winnerId ? (
          <p>
            <span class="plan-big number">{money(route.totalCents, route.currency)}</span>
            <span class="quiet">{t().cheapest(plainName(route.winnerId))}</span>
          </p>
        ) : (
          <p>{route.reason ? wordFor(route.reason) : t().noRoute}</p>
        )}
        {compared && (
          <p class="quiet small">
            {t().live(money(compared.cents, livePrices.currency), money(compared.catalogueCents, plan.currency))}
          </p>
        )}
        {livePrices && livePrices.unavailableFoods.length > 0 && (
          <p lang="en">
            <Pill tone="warn" icon="warn">
              {t().noShopHas(list(livePrices.unavailableFoods))}
            </Pill>
          </p>
        )}
        {route.id && (
          <LinkButton to={`/routes/${route.id}`} look="main" icon="route">
            {t().openRoute}
          </LinkButton>
        )}
      </div>
    </Card>
  );
}
