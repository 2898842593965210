import { useSignal } from '@preact/signals';
import type { Cart } from '../../../sdk/client.js';
import { Address, address, addressLine } from '../../kit/parts/address.js';
import { client } from '../../kit/client/api.js';
import { Button } from '../../kit/parts/controls.js';
import { moment, money } from '../../kit/language/format.js';
import { wayOn } from '../../kit/frame/router.js';
import { Empty, Failed } from '../../kit/parts/states.js';
import { Card, Pill } from '../../kit/parts/surfaces.js';
import { amountOf, besides } from '../../kit/carts/amounts.js';
import { conditionsOf } from './conditions.js';
import { t } from './words.js';

/** What is in the cart by now, what holds for all of it, and the way to the shops. */
export function Basket({ cart }: { cart: Cart }) {
  const { lines, notBinding, neededBy } = cart;
  const conditions = conditionsOf(neededBy ? { ...cart.constraints, deadline: undefined } : cart.constraints);
  return (
    <Card title={t().cart} icon="basket" kind="words-basket">
      {lines.length === 0 ? (
        <Empty title={t().cartEmpty} />
      ) : (
        <ul class="words-lines">
          {lines.map((line) => (
            <li key={line.id} class={line.state}>
              <span class="number">{amountOf(line)}</span>
              <span>
                <b>{line.name}</b>
                {besides(line).map((part) => (
                  <span key={part} class="quiet small">
                    {' '}
                    {part}
                  </span>
                ))}
              </span>
              {line.state === 'open' && (
                <Pill tone="warn" icon="words">
                  {t().open}
                </Pill>
              )}
              {line.state === 'left_out' && <Pill>{t().leftOut}</Pill>}
            </li>
          ))}
        </ul>
      )}
      {(conditions.length > 0 || neededBy) && (
        <div class="words-conditions">
          <h3>{t().conditions}</h3>
          <p class="row">
            {conditions.map((condition) => (
              <Pill key={condition} tone="info">
                {condition}
              </Pill>
            ))}
            {neededBy && <Pill tone="info">{t().deadline(moment(neededBy))}</Pill>}
          </p>
        </div>
      )}
      {notBinding.length > 0 && (
        <div class="words-conditions">
          <h3>{t().notBinding}</h3>
          <ul>
            {notBinding.map(({ constraint, said }) => (
              <li key={`${constraint} ${said}`}>
                <b>
                  {constraint === 'budget' && cart.constraints.budget
                    ? money(cart.constraints.budget.cents, cart.constraints.budget.currency)
                    : said}
                </b>{' '}
                <span class="quiet">{t()[`unbound_${constraint}`]}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {lines.some(({ state }) => state === 'settled') && <ToShops cart={cart} />}
    </Card>
  );
}

function ToShops({ cart: { id, questions } }: { cart: Cart }) {
  const busy = useSignal(false);
  const error = useSignal<Error | null>(null);
  const isOpen = questions.some(({ answer }) => answer === null);
  const route = async () => {
    busy.value = true;
    error.value = null;
    const on = wayOn();
    try {
      const shippingAddress = address.peek();
      const { routeId } = await client.carts.route(id, { shippingAddress, acceptDefaults: true, reference: 'console' });
      on(`/race/${routeId}`);
    } catch (problem) {
      error.value = problem as Error;
    }
    busy.value = false;
  };
  return (
    <div class="stack words-route">
      <details>
        <summary>
          {t().to}: <span class="quiet">{addressLine()}</span>
        </summary>
        <Address />
      </details>
      <div>
        <Button look={isOpen ? 'plain' : 'main'} icon="race" busy={busy.value} onClick={() => void route()}>
          {isOpen ? t().routeWithout : t().route}
        </Button>
      </div>
      {error.value && <Failed error={error.value} />}
    </div>
  );
}
