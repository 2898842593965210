import type { Intent } from './intent-names.js';
import type { Action, Doubt, Line, Span } from './reading.js';
import { unreadLine } from './unread.js';

interface Cue {
  words: RegExp;
  /** What a reading may be that heard them. */
  heard: readonly Intent[];
}

/**
 * Words that ask for one thing to be done, whoever says them. They are found in the bare text, without clauses, labels or weights: a reader
 * of its own, who errs elsewhere than the first.
 */
const CUES: readonly Cue[] = [
  {
    words:
      /\b(remove|delete|take (?:off|out|away)|get rid of|cross off|without the|minus the|except|but not|forget the|fjern|slet|undtagen|uden)\b/gi,
    heard: ['remove', 'replace', 'set_quantity', 'substitute', 'clear', 'constrain', 'undo', 'price_check', 'search'],
  },
  {
    words: /\b(check ?out|til kassen)\b/gi,
    heard: ['checkout', 'status'],
  },
  {
    words:
      /\b(start (?:over|fresh|again)|(?:empty|clear) (?:the|my)|(?:forget|scrap|cancel|drop) (?:the |my )?(?:whole|entire) (?:order|cart|list|basket|thing)|tøm|forfra)\b/gi,
    heard: ['clear'],
  },
  {
    words: /\b(put back|bring back|fortryd|undo|sæt \w+ tilbage|læg \w+ tilbage)\b/gi,
    heard: ['undo', 'add'],
  },
  {
    words: /\b(swap|replace|instead of|rather than|i stedet for|byt|erstat)\b/gi,
    heard: ['replace', 'substitute', 'add', 'set_quantity'],
  },
  {
    words: /\b(how much (?:is|are|for|does|do|did)|what (?:does|do|did) \w+ cost|price of|cost of|hvad koster)\b/gi,
    heard: ['price_check', 'price_history', 'show', 'discounts_near', 'checkout'],
  },
  {
    words:
      /\b(re-?order|same (?:order|again)|last (?:time|order|week's order)|as (?:usual|always)|som sidst|sidste ordre)\b/gi,
    heard: ['reorder', 'status', 'price_history', 'price_check', 'show', 'import'],
  },
];

const WHY = 'words beside it may ask for something else';

/**
 * Actions after a second reading by cue words alone: where a word asks for what none of the actions is, the action it was said in is asked
 * about, or the words themselves where that action has nothing to ask about.
 */
export function checkedByCues(text: string, actions: readonly Action[]): Action[] {
  let all = [...actions];
  for (const { words, heard } of CUES)
    for (const match of text.matchAll(words)) {
      if (
        all.some(
          ({ intent, by, confidence }) =>
            heard.includes(intent) || (intent === 'out_of_scope' && by === 'rule' && confidence > 0.9),
        )
      )
        break;
      if (isNamed(all, match.index)) continue;
      all = doubted(all, match.index, text);
      break;
    }
  return all;
}

/** A word inside of a name or a note says what goods are, and no deed. */
const isNamed = (actions: readonly Action[], at: number): boolean =>
  actions.some(({ lines }) =>
    lines.some(({ fields }) =>
      [fields.name, fields.notes].some((field) => field !== undefined && field.span[0] <= at && at < field.span[1]),
    ),
  );

function doubted(actions: readonly Action[], at: number, text: string): Action[] {
  const place = actions.findLastIndex(({ span }) => span[0] <= at);
  const action = actions[place];
  if (action === undefined) return [...actions];
  const doubt: Doubt = { kind: 'confirm', why: WHY, choices: [] };
  const lines: Line[] = action.lines.map((line) => (line.doubts.length > 0 ? line : { ...line, doubts: [doubt] }));
  if (lines.length > 0) return actions.map((one) => (one === action ? { ...one, lines } : one));
  const span: Span = [at, action.span[1] > at ? action.span[1] : text.length];
  const asked: Action = {
    ...action,
    intent: 'add',
    span,
    by: 'rule',
    lines: [unreadLine(text.slice(...span).trim(), span, WHY)],
    constraints: {},
  };
  return [...actions.slice(0, place + 1), asked, ...actions.slice(place + 1)];
}
