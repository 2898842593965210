import { useSignal } from '@preact/signals';
import type { KeyList } from '../../../../sdk/client.js';
import { client } from '../../../kit/client/api.js';
import { Button } from '../../../kit/parts/controls.js';
import { ago, day } from '../../../kit/language/format.js';
import { Paged } from '../../../kit/parts/paged.js';
import { may } from '../../../kit/client/session.js';
import { Empty } from '../../../kit/parts/states.js';
import { Card, Pill } from '../../../kit/parts/surfaces.js';
import { Why } from '../why.js';
import { Making } from './making.js';
import { stateOf } from './scopes.js';
import { t } from './words.js';

type Key = KeyList['data'][number];
const PAGE = 50;
const TONES = { usable: 'good', expired: 'warn', revoked: 'bad' } as const;

/** Whose keys there are and what each may do; never what they are. */
export function Keys() {
  const version = useSignal(0);
  const revoking = useSignal<Key | null>(null);
  const changed = () => void version.value++;
  return (
    <div class="stack">
      {may('admin') && <Making onMade={changed} />}
      <Card title={t().keys} icon="key">
        <Paged
          of={`keys ${version.value}`}
          read={(cursor, signal) => client.operators.keys({ limit: PAGE, cursor }, { signal })}
          empty={<Empty icon="key" title={t().none} />}
        >
          {(keys) => (
            <ul class="operate-list" aria-label={t().keys}>
              {keys.map((key) => (
                <Row key={key.id} {...key} onRevoke={() => (revoking.value = key)} />
              ))}
            </ul>
          )}
        </Paged>
      </Card>
      <Why
        title={revoking.value ? t().revokeTitle(revoking.value.name) : ''}
        open={revoking.value !== null}
        onClose={() => (revoking.value = null)}
        does={t().revoke}
        act={async (why) => {
          await client.operators.revokeKey(revoking.value!.id, { why });
          changed();
        }}
      >
        <p>{t().revokeLead}</p>
      </Why>
    </div>
  );
}

function Row({ onRevoke, ...key }: Key & { onRevoke: () => void }) {
  const state = stateOf(key, Date.now());
  const facts = [
    t().made(day(key.createdAt)),
    key.lastUsedAt ? t().used(ago(key.lastUsedAt)) : t().neverUsed,
    key.expiresAt ? t()[state === 'expired' ? 'ended' : 'ends'](day(key.expiresAt)) : t().neverEnds,
  ];
  return (
    <li>
      <div class="operate-grow">
        <p class="row">
          <b>{key.name}</b>
          <Pill tone={TONES[state]}>{t()[`is_${state}`]}</Pill>
        </p>
        <p class="small">
          {key.tenantName} <code class="quiet">{key.tenantId}</code> · <code class="quiet">{key.id}</code>
        </p>
        <p class="quiet small">{facts.join(' · ')}</p>
        <p class="operate-scopes">
          {key.scopes.map((scope) => (
            <code key={scope}>{scope}</code>
          ))}
        </p>
      </div>
      {state !== 'revoked' && may('admin') && (
        <Button small look="danger" label={t().revokeOne(key.name)} onClick={onRevoke}>
          {t().revoke}
        </Button>
      )}
    </li>
  );
}
