import { useSignal } from '@preact/signals';
import { client } from '../../kit/client/api.js';
import { TextField } from '../../kit/parts/controls.js';
import { place, go, href } from '../../kit/frame/router.js';
import { Empty } from '../../kit/parts/states.js';
import { Card, Pill } from '../../kit/parts/surfaces.js';
import { Paged } from '../../kit/parts/paged.js';
import { said } from './codes.js';
import { t } from './words.js';

/** Everything that was ever bought, found by words; each has a page. */
export function Products() {
  const q = useSignal(place.peek().query.get('q') ?? '');
  const words = q.value.trim();
  const tell = (value: string) => {
    q.value = value;
    go(`/history/products${value.trim() ? `?${new URLSearchParams({ q: value.trim() })}` : ''}`, { replace: true });
  };
  return (
    <Card>
      <TextField label={t().search} type="search" value={q.value} onInput={tell} placeholder={t().searchHint} />
      <Paged
        of={`products ${words}`}
        read={(cursor, signal) => client.history.products({ q: words || undefined, limit: 24, cursor }, { signal })}
        empty={<Empty icon="search" title={words ? t().noneCalled(words) : t().noProducts} />}
      >
        {(rows) => (
          <ul class="history-products">
            {rows.map(({ id, name, retailer, size, foodGroup }) => (
              <li key={id}>
                <a href={href(`/history/products/${id}`)}>
                  <b>{name}</b>
                  <span class="quiet small">
                    {t().shop(retailer, null)}
                    {size && ` · ${size}`}
                  </span>
                  {foodGroup && <Pill>{said(`group_${foodGroup}`)}</Pill>}
                </a>
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </Card>
  );
}
