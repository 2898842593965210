import { useSignal } from '@preact/signals';
import type { Plan } from '../../../../sdk/client.js';
import { client } from '../../../kit/client/api.js';
import { may } from '../../../kit/client/session.js';
import { Button, LinkButton } from '../../../kit/parts/controls.js';
import { Mixed } from '../../../kit/language/foreign.js';
import { money, moment, number } from '../../../kit/language/format.js';
import { Icon } from '../../../kit/parts/icons.js';
import { href } from '../../../kit/frame/router.js';
import { save } from '../../../kit/parts/save.js';
import { Failed } from '../../../kit/parts/states.js';
import { Card, Facts, Heading, Pill } from '../../../kit/parts/surfaces.js';
import { dateName } from '../../../kit/planning/figures.js';
import { t as kit } from '../../../kit/planning/words.js';
import { noticeIn } from '../notices.js';
import { t } from '../words.js';
import { AskShops, Cart } from './cart.js';
import { Cleared } from './cleared.js';
import { Meals } from './meals.js';
import { linesOf } from './packs.js';
import { Proof } from './proof.js';
import { Shopping } from './shopping.js';

/** A plan that was made, from what it gives to what it costs. */
export function Made({ plan }: { plan: Plan }) {
  const { receipt, shoppingList, currency, days } = plan;
  const first = days[0]?.date ?? '';
  const last = days.at(-1)?.date ?? '';
  const isAllMet = receipt !== null && receipt.targetsMet === receipt.targets;
  return (
    <div class="stack">
      <Heading
        title={t().mealsOf(dateName(first, 'short'), dateName(last, 'short'))}
        lead={
          <span class="row">
            {receipt && (
              <Pill tone={isAllMet ? 'good' : 'warn'} icon={isAllMet ? 'check' : 'warn'}>
                {kit().checked(receipt.targetsMet, receipt.targets)}
              </Pill>
            )}
            {shoppingList && <Pill icon="basket">{money(shoppingList.knownCents, currency)}</Pill>}
            {plan.swappedFrom && (
              <span class="small">
                {t().swappedFrom}: <a href={href(`/plans/${plan.swappedFrom}`)}>{t().before}</a>
              </span>
            )}
          </span>
        }
      >
        <TakeAlong plan={plan} />
      </Heading>
      <Notices notices={plan.notices} />
      <Meals plan={plan} />
      <Proof plan={plan} />
      <div class="plan-columns">
        <Shopping plan={plan} />
        <div class="stack">
          {plan.route && <Cart plan={plan} route={plan.route} />}
          {mayAsk(plan) && <AskShops planId={plan.id} />}
          {plan.clearances && <Cleared planId={plan.id} cleared={plan.clearances} />}
          <Receipt plan={plan} />
        </div>
      </div>
    </div>
  );
}

/** Shops that are asked sell in dollars. */
const mayAsk = ({ route, currency, shoppingList }: Plan): boolean =>
  !route?.id &&
  currency === 'USD' &&
  shoppingList !== null &&
  linesOf(shoppingList).toBuy.length > 0 &&
  may('routes:write');

/** On paper, in the calendar, as a text. */
function TakeAlong({ plan: { id } }: { plan: Plan }) {
  const error = useSignal<Error | null>(null);
  const take = async (type: 'text/calendar' | 'text/markdown', name: string) => {
    error.value = null;
    try {
      save(name, type, await client.plans.text(id, type));
    } catch (problem) {
      error.value = problem as Error;
    }
  };
  return (
    <>
      {/* The page that the API makes of it, which is made for paper. */}
      <a class="button plain" href={`/v1/plans/${id}`} target="_blank" rel="noreferrer">
        <Icon name="print" /> {t().print}
      </a>
      <Button icon="plan" onClick={() => void take('text/calendar', `${id}.ics`)}>
        {t().calendar}
      </Button>
      <Button icon="download" onClick={() => void take('text/markdown', `${id}.md`)}>
        {t().markdown}
      </Button>
      <LinkButton to="/plan" icon="plus">
        {t().another}
      </LinkButton>
      {error.value && <Failed error={error.value} />}
    </>
  );
}

/** Of safety, labels to read and money: these come before the food. */
const CARE: ReadonlySet<string> = new Set(['cautions', 'left_out', 'labels', 'budget_least']);

/** What the API has to say of it. */
export function Notices({ notices }: Pick<Plan, 'notices'>) {
  const care = notices.filter(({ code }) => CARE.has(code));
  const know = notices.filter(({ code }) => !CARE.has(code));
  const listed = (some: Plan['notices']) => (
    <ul class="plan-notices">
      {some.map((one) => {
        const { code, personId, sentence } = one;
        const { text, lang } = noticeIn(one);
        return (
          <li key={`${code} ${personId} ${sentence}`}>
            {personId !== null && <b>{personId}: </b>}
            <span lang={lang}>
              <Mixed text={text} />
            </span>
          </li>
        );
      })}
    </ul>
  );
  return (
    <>
      {care.length > 0 && (
        <Card title={t().care} icon="warn" kind="plan-care">
          {listed(care)}
        </Card>
      )}
      {know.length > 0 && (
        <details class="plan-know">
          <summary>
            {t().know} ({number(know.length)})
          </summary>
          {listed(know)}
        </details>
      )}
    </>
  );
}

function Receipt({ plan: { receipt, origin, playlist, createdAt } }: { plan: Plan }) {
  if (!receipt) return null;
  const rows: readonly (readonly [string, string])[] = [
    [t().timeTaken, t().seconds(number(receipt.seconds, 1))],
    [t().origin, origin === 'claude' ? kit().byClaude : kit().bySolver],
    [t().targets, `${number(receipt.targetsMet)} / ${number(receipt.targets)}`],
    [t().repairs, number(receipt.repairs)],
    [t().aiCost, money(receipt.aiCents)],
  ];
  return (
    <Card title={t().receipt} icon="clock" beside={<span class="quiet small">{moment(createdAt)}</span>}>
      <Facts of={rows} lines />
      {playlist && (
        <p>
          <a href={playlist.url} target="_blank" rel="noreferrer">
            {t().playlist}: {playlist.name}
          </a>
        </p>
      )}
    </Card>
  );
}
