import type { Import } from '../../../sdk/client.js';
import { useActing } from '../../kit/client/acting.js';
import { client } from '../../kit/client/api.js';
import { Button, LinkButton } from '../../kit/parts/controls.js';
import { moment, number } from '../../kit/language/format.js';
import { useFollow, useLoad } from '../../kit/client/loading.js';
import { may } from '../../kit/client/session.js';
import { Failed, Shown } from '../../kit/parts/states.js';
import { Card, Pill } from '../../kit/parts/surfaces.js';
import { Told } from './told.js';
import { t } from './words.js';

type Question = NonNullable<Import['outcome']>['questions'][number];

/** One import: what came of it, what it asks, and the way back. */
export function Imported({ id }: { id: string }) {
  const one = useLoad(id, (signal) => client.imports.get(id, { signal }));
  const { value } = one.now.value;
  useFollow(value?.status === 'open' ? [id] : [], one.again);
  return <Shown of={one}>{(value) => <Seen value={value} put={one.put} />}</Shown>;
}

function Seen({ value, put }: { value: Import; put: (value: Import) => void }) {
  const { busy, error, act } = useActing();
  const { id, outcome, undoneAt, status, dryRun } = value;
  const isLive = status === 'completed' && !dryRun && undoneAt === null;
  const kilobytes = value.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1024;
  const mayChange = may('imports:write') && isLive;
  const answer = (question: string, choice: string) =>
    void act(async () => put(await client.imports.answer(id, { answers: [{ question, choice }] })));
  const undo = () => void act(async () => put(await client.imports.undo(id)));
  return (
    <Card
      title={undoneAt ? t().wasUndone : status === 'open' ? t().trying : t().wasImported}
      icon={undoneAt ? 'again' : 'check'}
      beside={
        <span class="row">
          {dryRun && <Pill>{t().onlyTried}</Pill>}
          {undoneAt && <Pill tone="warn">{t().undone}</Pill>}
          <span class="quiet small">
            {moment(value.createdAt)} · {number(kilobytes, kilobytes < 10 ? 1 : 0)} kB
          </span>
        </span>
      }
    >
      <div class="stack" role="status">
        {outcome && (
          <Told
            outcome={outcome}
            answering={(question) => <Choices question={question} may={mayChange} busy={busy.value} answer={answer} />}
          />
        )}
      </div>
      <div class="row history-next">
        <LinkButton to="/history/orders" icon="arrow">
          {t().toOrders}
        </LinkButton>
        <LinkButton to="/history" icon="plus">
          {t().another}
        </LinkButton>
        {mayChange && (
          <Button look="danger" icon="again" busy={busy.value} onClick={undo}>
            {t().undo}
          </Button>
        )}
      </div>
      {error.value && <Failed error={error.value} />}
    </Card>
  );
}

interface ChoicesProps {
  question: Question;
  may: boolean;
  busy: boolean;
  answer: (question: string, choice: string) => void;
}

/** The first holds until another is chosen, so it shows as chosen. */
function Choices({ question: { id, choices, answer: given }, may: mayAnswer, busy, answer }: ChoicesProps) {
  if (!id || !choices) return null;
  return (
    <div class="row">
      {choices.map((choice, at) => (
        <Button
          key={choice.id}
          small
          pressed={given ? given === choice.id : at === 0}
          disabled={!mayAnswer || busy}
          onClick={() => answer(id, choice.id)}
        >
          {choice.label}
        </Button>
      ))}
    </div>
  );
}
