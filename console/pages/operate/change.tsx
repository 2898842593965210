import type { ChangeSettings, Settings } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { useLoad } from '../../kit/client/loading.js';
import { plainName } from '../../kit/language/provider-names.js';
import { href } from '../../kit/frame/router.js';
import { Shown } from '../../kit/parts/states.js';
import { t } from './words.js';
import { Why } from './why.js';

type Changes = ChangeSettings['changes'];
const SHOWN = 5;

interface ChangeProps {
  title: string;
  /** Null while nothing is being changed. */
  changes: Changes | null;
  version: number;
  onClose: () => void;
  onChanged: (settings: Settings) => void;
}

/** A change of settings: what it would have decided otherwise is shown before it is made. */
export function Change({ title, changes, version, onClose, onChanged }: ChangeProps) {
  return (
    <Why
      title={title}
      open={changes !== null}
      onClose={onClose}
      does={t().doIt}
      act={async (why) => onChanged(await client.operators.change({ changes: changes!, why }, version))}
    >
      {changes && (
        <>
          <ul class="operate-changes">
            {Object.entries(changes).map(([name, value]) => (
              <li key={name}>
                <code>{name}</code> → <b>{value ?? t().back}</b>
              </li>
            ))}
          </ul>
          <Preview changes={changes} />
        </>
      )}
    </Why>
  );
}

function Preview({ changes }: { changes: Changes }) {
  const preview = useLoad(JSON.stringify(changes), (signal) =>
    client.operators.preview({ changes, why: 'preview' }, { signal }),
  );
  return (
    <div class="operate-preview" role="status">
      <Shown of={preview} rows={1}>
        {({ decisions, changed }) => (
          <>
            <p>{t().wouldChange(changed.length, decisions)}</p>
            <ul class="small">
              {changed.slice(0, SHOWN).map(({ routeId, winner, wouldBe }) => (
                <li key={routeId}>
                  <a href={href(`/routes/${routeId}`)}>{routeId.slice(-8)}</a>:{' '}
                  {winner ? plainName(winner) : t().nobody} → {wouldBe ? plainName(wouldBe) : t().nobody}
                </li>
              ))}
            </ul>
          </>
        )}
      </Shown>
    </div>
  );
}
