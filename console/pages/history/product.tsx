import type { Product } from '../../../sdk/client.js';
import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { Button, LinkButton } from '../../kit/parts/controls.js';
import { day, money, number, percent } from '../../kit/language/format.js';
import { useLoad } from '../../kit/client/loading.js';
import { href } from '../../kit/frame/router.js';
import { may } from '../../kit/client/session.js';
import { Failed, Shown } from '../../kit/parts/states.js';
import { Card, Facts, Pill } from '../../kit/parts/surfaces.js';
import { GoodPrice } from './good-price.js';
import { PriceSeries } from './series.js';
import { said } from './codes.js';
import { t } from './words.js';

/** One product: what it cost, whether a price is a good one, how often it is bought and what it is the same as. */
export function OneProduct({ id }: { id: string }) {
  const product = useLoad(id, (signal) => client.history.product(id, { signal }));
  return (
    <Shown of={product} rows={6}>
      {(value) => (
        <div class="stack">
          <Card
            title={value.name}
            icon="basket"
            beside={
              <LinkButton to={`/history/watches?product=${id}`} small icon="clock">
                {t().watchIt}
              </LinkButton>
            }
          >
            <About product={value} />
          </Card>
          <div class="beside">
            <PriceSeries product={value} />
            <GoodPrice product={value} />
          </div>
          <Same product={value} again={product.again} />
        </div>
      )}
    </Shown>
  );
}

function About({ product }: { product: Product }) {
  const { retailer, size, foodGroup, orders, bought, lastOn, lastCents, lastCurrency, rhythm } = product;
  const facts: [string, string][] = [
    [t().lastPaid, lastCents === null ? '–' : money(lastCents, lastCurrency)],
    [t().lastOn, lastOn ? day(lastOn) : '–'],
    [t().ordersOf, number(orders)],
    [t().spent, bought.map(({ cents, currency }) => money(cents, currency)).join(' + ') || '–'],
    [t().rhythm, rhythm.medianDays === null ? t().tooSeldom : t().everyDays(number(rhythm.medianDays))],
    [t().nextDue, rhythm.nextDueOn ? day(rhythm.nextDueOn) : '–'],
  ];
  return (
    <>
      <p class="row">
        <Pill>{t().shop(retailer, null)}</Pill>
        {size && <Pill>{size}</Pill>}
        {foodGroup && <Pill>{said(`group_${foodGroup}`)}</Pill>}
      </p>
      <Facts of={facts} />
    </>
  );
}

/** What it is joined with, and what may be the same. A decision by hand holds for good. */
function Same({ product: { id, joined }, again }: { product: Product; again: () => void }) {
  const likely = useLoad(`${id} ${joined.length}`, (signal) => client.history.likely(id, 5, { signal }));
  const { busy, error, act } = useActing();
  const decide = (work: () => Promise<Product>) => void act(work).then((isDone) => isDone && again());
  const others = joined.filter((one) => one.id !== id);
  const known = new Set(joined.map((one) => one.id));
  const mayJoin = may('imports:write');
  return (
    <Card title={t().sameTitle} icon="link">
      {others.length === 0 && <p class="quiet">{t().alone}</p>}
      <ul class="history-same">
        {others.map((other) => (
          <li key={other.id}>
            <a href={href(`/history/products/${other.id}`)}>{other.name}</a>
            <span class="quiet small">
              {t().shop(other.retailer, other.size)}
              {other.how && ` · ${t()[`how_${other.how}`]}`}
            </span>
            {mayJoin && (
              <Button
                small
                look="quiet"
                busy={busy.value}
                onClick={() => decide(() => client.history.part(id, other.id))}
              >
                {t().part}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Shown of={likely} rows={2}>
        {({ data }) => {
          const candidates = data.filter((one) => !known.has(one.id));
          if (candidates.length === 0) return null;
          return (
            <>
              <h3 class="history-maybe">{t().likely}</h3>
              <ul class="history-same">
                {candidates.map((other) => (
                  <li key={other.id}>
                    <a href={href(`/history/products/${other.id}`)}>{other.name}</a>
                    <span class="quiet small">
                      {t().shop(other.retailer, other.size)} · {percent(other.confidence)}
                    </span>
                    {mayJoin && (
                      <Button small busy={busy.value} onClick={() => decide(() => client.history.join(id, other.id))}>
                        {t().join}
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Shown>
      {error.value && <Failed error={error.value} />}
    </Card>
  );
}
