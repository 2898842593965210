import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Event } from '../../../sdk/client.js';
import { client } from '../../kit/api.js';
import { Empty } from '../../kit/states.js';
import { Card } from '../../kit/surfaces.js';
import { t } from './words.js';

const KEPT = 50;
const EVERY_MS = 1000;
const AGAIN_MS = 3000;

/** What happens now, as it would be sent: the newest first. */
export function Tail() {
  const events = useSignal<readonly Event[]>([]);
  useEffect(() => {
    const left = new AbortController();
    const follow = async () => {
      let after: string | undefined;
      while (!left.signal.aborted) {
        try {
          for await (const event of client.events.iterate({ after, everyMs: EVERY_MS, signal: left.signal })) {
            after = event.id;
            events.value = [event, ...events.value].slice(0, KEPT);
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
  return (
    <Card title={t().tail} icon="race">
      {events.value.length === 0 ? (
        <Empty icon="clock" title={t().noEvents} />
      ) : (
        <ol class="webhooks-tail" aria-label={t().tail}>
          {events.value.map(({ id, type, subject, sequence }) => (
            <li key={id}>
              <b>{type}</b> <code>{subject}</code> <span class="quiet small number">{sequence}</span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
