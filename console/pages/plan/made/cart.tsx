import type { Plan } from '../../../../sdk/client.js';
import { useActing } from '../../../kit/client/acting.js';
import { client } from '../../../kit/client/api.js';
import { wayOn } from '../../../kit/frame/router.js';
import { Address, address, addressLine } from '../../../kit/parts/address.js';
import { Button, LinkButton } from '../../../kit/parts/controls.js';
import { Failed } from '../../../kit/parts/states.js';
import { foreign, Mixed } from '../../../kit/language/foreign.js';
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
          <p>
            <Pill tone="warn" icon="warn">
              <Mixed text={t().noShopHas(list(livePrices.unavailableFoods.map(foreign)))} />
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

/** For a list that no shop was asked for yet: asked at a press, and run as any race. */
export function AskShops({ planId }: { planId: string }) {
  const { busy, error, act } = useActing();
  const ask = () =>
    act(async () => {
      const on = wayOn();
      const { routeId } = await client.plans.route(planId, { shippingAddress: address.peek() });
      on(`/race/${routeId}`);
    });
  return (
    <Card title={t().cart} icon="route">
      <div class="stack plan-cart">
        <p class="quiet">{t().notAsked}</p>
        <details class="plan-more">
          <summary>{addressLine()}</summary>
          <Address />
        </details>
        <Button look="main" icon="route" busy={busy.value} onClick={() => void ask()}>
          {t().askShops}
        </Button>
        {error.value && <Failed error={error.value} />}
      </div>
    </Card>
  );
}
