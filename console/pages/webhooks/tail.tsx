import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Event } from '../../../sdk/client.js';
import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { Button } from '../../kit/parts/controls.js';
import { ago, moment } from '../../kit/language/format.js';
import { useEvery } from '../../kit/client/loading.js';
import { href } from '../../kit/frame/router.js';
import { Empty, Failed } from '../../kit/parts/states.js';
import { Card } from '../../kit/parts/surfaces.js';
import { pageOf, withEarlier, withLater } from './events.js';
import { t } from './words.js';

const EVERY_MS = 1000;
const AGAIN_MS = 3000;
const TOLD_EVERY_MS = 10_000;
/** So many are looked back at. */
const EARLIER = 50;

/** What happens from now on, as it would be sent: the newest first. What was before comes at a press. */
export function Tail() {
  const events = useSignal<readonly Event[]>([]);
  const isBack = useSignal(false);
  const now = useSignal(0);
  const { busy, error, act } = useActing();
  useEvery(TOLD_EVERY_MS, () => void now.value++);
  useEffect(() => {
    const left = new AbortController();
    const { signal } = left;
    const follow = async () => {
      let after: string | null = null;
      let isBegun = false;
      while (!signal.aborted) {
        try {
          if (!isBegun) after = (await client.events.list({ newest: true, limit: 1, signal })).nextCursor;
          isBegun = true;
          for await (const event of client.events.iterate({ after: after ?? undefined, everyMs: EVERY_MS, signal })) {
            after = event.id;
            events.value = withLater(events.value, event);
          }
        } catch {
          // Away for longer than the client waits, which the head of the page says: begun again where it was.
          await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        }
      }
    };
    void follow();
    return () => left.abort();
  }, []);
  const back = () =>
    void act(async () => {
      const { data } = await client.events.list({ newest: true, limit: EARLIER });
      events.value = withEarlier(events.value, data);
      isBack.value = true;
    });
  return (
    <Card title={t().tail} icon="race">
      {events.value.length === 0 ? (
        <Empty icon="clock" title={isBack.value ? t().noneEver : t().noEvents} />
      ) : (
        <ol class="webhooks-tail" aria-label={t().tail}>
          {events.value.map((event) => (
            <Told key={event.id} {...event} />
          ))}
        </ol>
      )}
      {!isBack.value && (
        <div class="webhooks-next">
          <Button icon="history" busy={busy.value} onClick={back}>
            {t().earlier}
          </Button>
        </div>
      )}
      {error.value && <Failed error={error.value} />}
    </Card>
  );
}

function Told({ type, subject, timestamp }: Event) {
  const page = pageOf(subject);
  return (
    <li>
      <b>{type}</b>
      <time class="quiet small" dateTime={timestamp} title={moment(timestamp)}>
        {ago(timestamp)}
      </time>
      <code>{page ? <a href={href(page)}>{subject}</a> : subject}</code>
    </li>
  );
}
