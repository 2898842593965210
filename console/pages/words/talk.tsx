import { useEffect, useRef } from 'preact/hooks';
import type { Cart } from '../../../sdk/client.js';
import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { LinkButton } from '../../kit/parts/controls.js';
import { useEvery, useLoad } from '../../kit/client/loading.js';
import type { PageProps } from '../../kit/frame/page.js';
import { wayOn } from '../../kit/frame/router.js';
import { Failed, Waiting } from '../../kit/parts/states.js';
import { Heading } from '../../kit/parts/surfaces.js';
import { language } from '../../kit/language/words.js';
import { Basket } from './basket.js';
import { Composer } from './composer.js';
import { RecentCarts } from './recent.js';
import { Reply } from './reply.js';
import { Said } from './said.js';
import { threadOf } from './thread.js';
import { t } from './words.js';

const LOOK_MS = 1500;

/** What was said, one thing after the other, and the cart that came of it. Each has an address of its own. */
export default function Talk({ params }: PageProps) {
  const id = params.id ?? null;
  const known = useRef(new Map<string, Cart>()).current;
  const loading = useLoad(id, (signal) => threadOf(id!, known, (one) => client.carts.get(one, { signal })));
  // Until what was said last has come, all that was said before stays.
  const before = useRef<Cart[]>([]);
  const { value, error } = loading.now.value;
  if (id === null) before.current = [];
  else if (value) before.current = value;
  const thread = before.current;
  const latest = thread.at(-1);
  const { busy, error: fault, act } = useActing();
  useEvery(latest?.status === 'open' ? LOOK_MS : null, loading.again);

  // One goes on typing below what was said last.
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (thread.length > 0) field.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [latest?.id]);

  const say = (text: string, about: string | null = latest?.id ?? null) =>
    act(async () => {
      const on = wayOn();
      const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const cart = await client.carts
        .create({ text, locale: language.peek(), timezone, ...(about === null ? {} : { cartId: about }) })
        .wait();
      known.set(cart.id, cart);
      on(`/words/${cart.id}`);
    });
  const answer = (cart: Cart, question: string, choice: string) =>
    act(async () => {
      try {
        await client.carts.answer(cart.id, { version: cart.version, answers: [{ question, choice }] });
      } finally {
        // Also where it was changed elsewhere meanwhile.
        loading.again();
      }
    });

  return (
    <div class="words-page">
      <Heading title={t().title} lead={thread.length === 0 ? t().lead : undefined}>
        {thread.length > 0 && (
          <LinkButton to="/words" icon="plus">
            {t().afresh}
          </LinkButton>
        )}
      </Heading>
      <div class="words-columns">
        <div class="stack">
          {error && !value && <Failed error={error} again={loading.again} />}
          {id !== null && thread.length === 0 && !error && <Waiting rows={4} />}
          {thread.length > 0 && (
            <ol class="words-thread" aria-label={t().thread}>
              {thread.map((cart, at) => (
                <li key={cart.id}>
                  <Said cart={cart} />
                  <Reply
                    cart={cart}
                    before={thread[at - 1] ?? null}
                    isLatest={cart === latest}
                    busy={busy.value}
                    onAnswer={(question, choice) => void answer(cart, question, choice)}
                    onSay={(text, about) => void say(text, about)}
                  />
                </li>
              ))}
            </ol>
          )}
          {fault.value && <Failed error={fault.value} />}
          <div ref={field}>
            <Composer isFirst={thread.length === 0} busy={busy.value} onSay={say} />
          </div>
        </div>
        {latest ? <Basket key={latest.id} cart={latest} /> : <RecentCarts />}
      </div>
    </div>
  );
}
