import type { ClauseReading } from '../clause-reading.js';
import type { Clause } from '../clauses.js';
import type { Intent } from '../intent-names.js';
import type { Action, Line } from '../reading.js';
import { LOOSE } from '../unread.js';

/** Words that an amount is said with in a sentence of its own: "about six of those, please". */
const TALK = new Set(
  `of that those them these it em the a an just only say like about around maybe roughly approximately or so please pls plz thanks thx i we i'd we'd
  i'll we'll want need take have get give me us add put throw toss grab in on there will would should could be do is enough plenty fine think guess
  total altogether make ok okay yes yeah and um uh oh well actually for now this time one ones big large small little medium
  af dem den det de lige bare cirka omkring ca måske vel tak jeg vi skal vil gerne have tag køb nok er og så i kurven`.split(
    /\s+/,
  ),
);

/**
 * A clause that speaks of what was just named, and what becomes of the last action by it: an amount of it, that it is to be taken out, what
 * may stand in for it, what it is made of. Null where the clause speaks for itself.
 */
export function lookedBack(actions: readonly Action[], clause: Clause, read: ClauseReading): Action | null {
  const last = actions.at(-1);
  if (!last || last.intent !== 'add' || clause.after === 'start' || clause.after === 'line') return null;
  if (read.lines.length > 0) return corrected(last, clause, read);
  return (
    amendedAmount(last, read) ??
    withAmountAfter(last, read) ??
    turned(last, read.tokens.map(({ key }) => key).join(' '))
  );
}

const saidOf = (read: ClauseReading): string => read.tokens.map(({ key }) => key).join(' ');
const AMENDING =
  /^(oh |hmm |and |, )*(no|nope|nej|nah|sorry|oops|wait|actually|better|make (it|that)|let's make (it|that)|undskyld|vent|lav det til|gør det til)\b/;

/** "Six eggs. No, ten", "a dozen, hmm better make it two dozen": the last amount is the one that counts. */
function amendedAmount(last: Action, read: ClauseReading): Action | null {
  const [amount, line] = [read.nameless, last.lines.at(-1)];
  if (!amount || amount.quantity === null || !line || line.quantity === null || !AMENDING.test(saidOf(read)))
    return null;
  return { ...last, lines: [...last.lines.slice(0, -1), measured({ ...line, doubts: [] }, amount)] };
}

/** "Three lemons. No, limes", "a bag of ice. Make it two bags of ice": the one thing in the place of the last. */
function corrected(last: Action, { after }: Clause, read: ClauseReading): Action | null {
  const [line, next, other] = [last.lines.at(-1), ...read.lines];
  if (!line || !next || other || after !== 'sentence') return null;
  const said = saidOf(read);
  const isSame = line.name.toLowerCase() === next.name.toLowerCase();
  const isInstead =
    /^(no|nope|nej|sorry|oops|wait|undskyld|vent) ,? ?(no |wait |sorry |i mean |i meant |make it |, )*(?!more|not|need|thanks|don't|problem)/.test(
      said,
    ) && /^(no|nope|nej|sorry|oops|wait|undskyld|vent)( wait| no| sorry)? ?(,|i mean|i meant|make)/.test(said);
  if (!(isSame && AMENDING.test(said) && next.quantity !== null) && !isInstead) return null;
  const counted =
    next.quantity === null ? { quantity: line.quantity, quantityMax: line.quantityMax, unit: line.unit } : {};
  return { ...last, lines: [...last.lines.slice(0, -1), { ...next, ...counted, span: [line.span[0], next.span[1]] }] };
}

/**
 * "Could we do salmon? Four fillets, skin on": an amount in a sentence of its own is that of the one thing named right before without one. Where
 * more was said with it, or of several things, whose it is has to be asked.
 */
function withAmountAfter(last: Action, read: ClauseReading): Action | null {
  const amount = read.nameless;
  const line = last.lines.at(-1);
  if (
    !amount ||
    !line ||
    line.quantity !== null ||
    line.size !== null ||
    line.doubts.length > 0 ||
    amount.quantity === null
  )
    return null;
  const isPlain = read.cues.split(' ').every((word) => !/\p{L}/u.test(word) || TALK.has(word));
  const isOf =
    amount.unit !== null || /\b(of|af|those|them|these|that|em|dem)\b/.test(read.cues) || !/\w/.test(read.cues);
  const isWhole = isPlain && isOf && last.lines.length === 1;
  return {
    ...last,
    lines: [...last.lines.slice(0, -1), isWhole ? measured(line, amount) : { ...line, doubts: [LOOSE] }],
  };
}

/** "The celery? Take it off", "out of cream, what works instead", "I'd like to bake a pie, get what goes in it". */
function turned(last: Action, said: string): Action | null {
  const [line, other] = last.lines;
  if (!line || other || (line.quantity !== null && line.quantity !== 1)) return null;
  const turn = TURNS.find(([, words]) => words.test(said));
  if (!turn) return null;
  const [intent] = turn;
  return {
    ...last,
    intent,
    by: 'rule',
    confidence: 0.92,
    lines: [intent === 'remove' ? line : { ...line, quantity: null }],
  };
}
const IT = '(it|that|them|those|det|den|dem)';
const TURNS: readonly (readonly [Intent, RegExp])[] = [
  [
    'remove',
    new RegExp(
      `^(so |and |please |just |, |og |så )*((take|cross|leave|get|strike|pull|tag|få|stryg) ${IT} (off|out|away|ud|af|væk)|(drop|remove|skip|lose|delete|scratch|cancel|ditch|forget|fjern|slet|drop) ${IT}|that can (go|come off))\\b`,
    ),
  ],
  [
    'substitute',
    /^(so |and |, )*(what|anything|hvad) (else )?(works|would work|can i use|could i use|should i use|would do|goes|kan jeg bruge)\b/,
  ],
  [
    'from_recipe',
    /^(so |and |please |, )*(get|order|buy|add|grab|give me|put)( me| us)? (whatever|everything|what|all|the (bits|stuff|things|ingredients|makings))\b.*\b(it|that|them|needed|ingredients|makings|bits)\b/,
  ],
];

/** "Dishwasher tabs, we have like two left": how much there is says nothing of how much is wanted. */
export function withoutStock(lines: readonly Line[], tokens: ClauseReading['tokens']): Line[] {
  return lines.map((line) => {
    const at = tokens.findIndex(({ start }) => start === line.fields.quantity?.span[0]);
    const isLeft = tokens.some(
      ({ key, start }, place) =>
        /^(left|remaining|tilbage)$/.test(key) && place > at && place < at + 5 && start >= line.span[0],
    );
    const isHad = tokens
      .slice(Math.max(0, at - 4), at)
      .some(({ key }) => /^(have|has|got|only|down|is|are|har|there's)$/.test(key));
    return at >= 0 && isLeft && isHad ? { ...line, quantity: null, quantityMax: null, unit: null } : line;
  });
}

const measured = (line: Line, amount: Line): Line => ({
  ...line,
  quantity: amount.quantity,
  quantityMax: amount.quantityMax,
  unit: amount.unit ?? line.unit,
  size: amount.size,
  notes: [line.notes, amount.notes].filter((note) => note !== null).join(', ') || null,
  span: [line.span[0], amount.span[1]],
  fields: { ...amount.fields, ...line.fields },
});
