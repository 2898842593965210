import { useSignal } from '@preact/signals';
import {
  LoopGPTError,
  type Confirmation,
  type ConfirmRoute,
  type RankedQuote,
  type Route,
} from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { Button, LinkButton } from '../../kit/parts/controls.js';
import { list, moment, money } from '../../kit/language/format.js';
import { Icon } from '../../kit/parts/icons.js';
import { useLoad } from '../../kit/client/loading.js';
import { Failed } from '../../kit/parts/states.js';
import { Card, Pill } from '../../kit/parts/surfaces.js';
import { said, t } from './words.js';

/** What a shop says now, where that is something else. */
interface Changed {
  totalCents: number;
  currency: string;
  missing: string[];
}

/** The winner, its price, and the one step that hands the cart over. Never at another price than was agreed to. */
export function Confirming({ route, winner }: { route: Route; winner: RankedQuote }) {
  const done = useLoad<Confirmation | null>(`${route.id} ${route.confirmation?.token ?? ''}`, (signal) =>
    client.routes.confirmation(route.id, { signal }).catch((error: Error) => {
      if (error instanceof LoopGPTError && error.code === 'confirmation_not_found') return null;
      throw error;
    }),
  );
  const confirmation = done.now.value.value;
  const quote = route.quotes.find(({ providerId }) => providerId === winner.providerId);
  return (
    <Card
      title={confirmation ? t().confirmed : t().confirm}
      icon={confirmation ? 'check' : 'basket'}
      kind="route-confirm"
    >
      <p class="route-winner">{winner.providerName}</p>
      <p class="route-price number">{money(confirmation?.totalCents ?? winner.totalCents, winner.currency)}</p>
      <dl class="route-facts">
        <dt>{t().total}</dt>
        <dd class="number">{money(winner.totalCents, winner.currency)}</dd>
        {winner.comparedCents !== winner.totalCents && (
          <>
            <dt>{t().allIn}</dt>
            <dd class="number">{money(winner.comparedCents, winner.currency)}</dd>
          </>
        )}
        {quote?.deliveryMinutes && (
          <>
            <dt>{t().delivery}</dt>
            <dd>{t().minutes(quote.deliveryMinutes.min, quote.deliveryMinutes.max)}</dd>
          </>
        )}
      </dl>
      {winner.assumed.length > 0 && (
        <p class="quiet small">{t().assumed(list(winner.assumed.map((part) => said('part', part))))}</p>
      )}
      {confirmation ? <HandedOver confirmation={confirmation} /> : <Handing {...{ route, winner }} onDone={done.put} />}
    </Card>
  );
}

function HandedOver({ confirmation }: { confirmation: Confirmation }) {
  const { totalCents, currency, confirmedAt, handoffUrl } = confirmation;
  return (
    <>
      <Pill tone="good" icon="check">
        {t().confirmedAt(money(totalCents, currency), moment(confirmedAt))}
      </Pill>
      {handoffUrl ? (
        <a class="button main" href={handoffUrl} target="_blank" rel="noreferrer">
          <Icon name="arrow" />
          {t().openShop}
        </a>
      ) : (
        <p class="quiet small">{t().onRecord}</p>
      )}
    </>
  );
}

interface HandingProps {
  route: Route;
  winner: RankedQuote;
  onDone: (confirmation: Confirmation) => void;
}

function Handing({ route, winner, onDone }: HandingProps) {
  const busy = useSignal(false);
  const changed = useSignal<Changed | null>(null);
  const error = useSignal<Error | null>(null);
  const { confirmation: door } = route;
  // The token goes with the keys that may use it, and for a quarter of an hour.
  if (!door || Date.parse(door.expiresAt) < Date.now()) {
    return (
      <>
        <p class="quiet small">{t().expired}</p>
        <LinkButton to="/race" icon="race">
          {t().watch}
        </LinkButton>
      </>
    );
  }

  const confirm = async (accepted: Partial<ConfirmRoute> = {}) => {
    busy.value = true;
    error.value = null;
    try {
      onDone(await client.routes.confirm(route.id, { confirmationToken: door.token, ...accepted }));
    } catch (problem) {
      if (problem instanceof LoopGPTError && problem.code === 'quote_changed' && problem.present)
        changed.value = problem.present as unknown as Changed;
      else error.value = problem as Error;
    }
    busy.value = false;
  };

  const now = changed.value;
  return (
    <>
      <p class="quiet small">{t().confirmLead(winner.providerName)}</p>
      {now ? (
        <div class="route-changed" role="alert">
          <p>
            {t().changed} {now.missing.length > 0 && t().nowMissing(list(now.missing))}
          </p>
          <Button
            look="main"
            icon="check"
            busy={busy.value}
            onClick={() => void confirm({ acceptTotalCents: now.totalCents, acceptMissing: now.missing })}
          >
            {t().acceptNow(money(now.totalCents, now.currency))}
          </Button>
        </div>
      ) : (
        <Button look="main" icon="check" busy={busy.value} onClick={() => void confirm()}>
          {t().confirmButton(money(winner.totalCents, winner.currency))}
        </Button>
      )}
      {error.value && <Failed error={error.value} />}
    </>
  );
}
