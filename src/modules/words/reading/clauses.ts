import { BEGIN, CORRECT } from './lexis/cues.js';
import { goodsIn, stemOf } from './lexis/lexicon.js';
import type { Intent } from './intent-names.js';
import type { Span } from './reading.js';
import type { Token } from './lexis/tokens.js';

/** A stretch of tokens that asks for one thing to be done: from, and up to but without. */
export interface Clause {
  from: number;
  to: number;
  /** What ended the clause before it. */
  after: 'start' | 'sentence' | 'line' | 'joiner' | 'none';
  /** What stands over a list: "For the curry:". */
  isHeading?: true;
  /** What a mark at its head asks for. */
  asks?: Intent;
}

const ENDS = new Set(['.', '!', '?', ';', '&&']);
const JOINS = new Set([
  ',',
  'and',
  'og',
  '&',
  '+',
  'then',
  'but',
  'men',
  'so',
  'så',
  '-',
  '–',
  '—',
  'also',
  'please',
  'plus',
  'now',
  'n',
  'an',
  '...',
  ':',
  'hmm',
  'um',
  'uh',
  'oh',
  'wait',
  'ok',
  'okay',
  'well',
  'because',
]);

/** Where one wish ends and the next begins: at the ends of sentences and lines, and where words begin that ask for something else. */
export function clausesOf(tokens: readonly Token[], foreign: readonly Span[] = []): Clause[] {
  const keys = tokens.map(({ key }) => key);
  const stems = keys.map(stemOf);
  const goods = stems.map((_, at) => isGoods(stems, at));
  const lastGoods = goods.lastIndexOf(true);
  const clauses: Clause[] = [];
  let from = 0;
  let after: Clause['after'] = 'start';
  const end = (to: number, next: Clause['after']) => {
    if (to > from) clauses.push({ from, to, after });
    from = to;
    after = next;
  };
  for (let at = 0; at < tokens.length; at++) {
    if (foreign.some(([start, stop]) => isEdge(tokens, at, start, stop))) end(at, 'sentence');
    if (tokens[at]!.kind === 'break') {
      end(at + 1, 'line');
      continue;
    }
    if (tokens[at]!.isLayout || (at === from && keys[at] === '?')) continue;
    if (ENDS.has(keys[at]!) && !isInside(tokens, at)) {
      end(at + 1, 'sentence');
      continue;
    }
    if (at === from) continue;
    if (isOccasion(tokens, lastGoods, from, at)) {
      const hasComma = /^(,|so)$/.test(keys[at]!);
      end(hasComma ? at + 1 : at, 'sentence');
      clauses[clauses.length - 1] = { ...clauses.at(-1)!, isHeading: true };
      if (hasComma) continue;
    }
    if (keys[at] === ':' && isHeading(tokens, goods, from, at)) {
      const isOver =
        lastGoods > at && !/^(everything|alt)$/.test(keys[from]!) && !ORDERING.test(keys.slice(from, at).join(' '));
      end(at + 1, 'sentence');
      if (isOver) clauses[clauses.length - 1] = { ...clauses.at(-1)!, isHeading: true };
      continue;
    }
    if (ANSWERED.has(keys[at - 1]!) && at === from + 1 && tokens[at]!.kind === 'mark' && lastGoods >= at) {
      end(at + 1, 'joiner');
      continue;
    }
    if (CANCEL.test(keys[at]!) && isCancelled(tokens, goods, from, at)) {
      end(at + 1 + (tokens[at + 1]?.kind === 'mark' ? 1 : 0), 'joiner');
      continue;
    }
    const taken = CORRECT().at(keys, at);
    if (taken?.value === 'plain') continue;
    // "5 oranges, no, make it grapefruits".
    if (
      keys[at] === 'make' &&
      keys[at + 1] === 'it' &&
      /^(no|nope|wait|actually|sorry)$/.test(keys[keys[at - 1] === ',' ? at - 2 : at - 1] ?? '')
    )
      continue;
    // "Place an order".
    if (keys[at] === 'order' && keys[at - 1] === 'an') continue;
    const cue = BEGIN().at(keys, at);
    if (!cue || goods[at]) continue;
    const isJoined = JOINS.has(keys[at - 1]!);
    const hasGoods = () => goods.slice(from, at).includes(true);
    // "We still have butter so skip it": what "it" is was just said.
    if (/^(it|that|them|those)$/.test(keys[at + 1] ?? '') && STILL_THERE.test(keys.slice(from, at).join(' '))) continue;
    const isAsk = /^(can|could|would|please|kan)$/.test(keys[from]!) && at - from <= 3;
    if (isAsk) continue;
    if ((isJoined && (cue.value === 'strong' || hasGoods() || at - from > 2)) || (cue.value === 'strong' && hasGoods()))
      end(at, 'joiner');
  }
  end(tokens.length, 'none');
  return clauses;
}

/** Whether what is written for machines begins or ends at a token. */
function isEdge(tokens: readonly Token[], at: number, start: number, stop: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]!];
  return (
    before !== undefined &&
    ((before.start < start && token.start >= start) || (before.start < stop && token.start >= stop))
  );
}

const STILL_THERE = /\b(already|still|enough|plenty) (have|got|own|of|some)|\b(have|got) (enough|plenty|some|loads)\b/;
/**
 * "For the potato salad I need …", "I'm making tacos so …": what the things behind are for is none of them. A thing with an amount is a thing,
 * whatever it is for.
 */
function isOccasion(tokens: readonly Token[], lastGoods: number, from: number, at: number): boolean {
  const key = tokens[at]!.key;
  if (
    lastGoods <= at ||
    !OCCASION_ENDS.test(key) ||
    at - from < 2 ||
    at - from > 9 ||
    tokens
      .slice(from, at)
      .some(({ kind, key: one }, offset) => kind === 'number' || (one === ',' && from + offset !== at - 1))
  )
    return false;
  const said = tokens
    .slice(from, at)
    .map((token) => token.key)
    .join(' ');
  if (key === 'so')
    return (
      /\b(make|making|cook|cooking|having|doing|bake|baking|hosting|supposed|told|says|said|coupons?|coming|laver|lave|bager|bage|kommer|siger)\b/.test(
        said,
      ) && !/\b(out|low|need|want|add|get|buy)\b/.test(said)
    );
  return /^(ok |okay |so |um |well |and )*(for|til) (?!me\b|us\b)/.test(said);
}
const OCCASION_ENDS = /^(so|i|we|jeg|vi|get|add|buy|need|grab|please|skal|mangler)$/;

/** "Yes, and milk too": the answer is one thing, what comes with it another. */
const ANSWERED = new Set(['yes', 'yeah', 'yep', 'yup', 'sure', 'ja', 'jo', 'jep', 'ok', 'okay']);
const CANCEL = /^(cancel|remove|delete|fjern|slet|annuller)$/;
/** "Mustard oil cancel, coconut oil instead": a verb behind its thing. */
const isCancelled = (tokens: readonly Token[], goods: readonly boolean[], from: number, at: number): boolean =>
  (tokens[at + 1] === undefined || /^[,.;\n]$/.test(tokens[at + 1]!.key)) && goods.slice(from, at).includes(true);

/** Names of shelves, which head a line of what stands there. */
const AISLES =
  /^(fruits?|veg|veggies|vegetables|produce|meats?|dairy|frozen|bakery|pantry|drinks|beverages|household|snacks|deli|seafood|cleaning|toiletries|misc|other|baby|pets?|frugt|grønt|kød|mejeri|køl|frost|brød|drikkevarer|husholdning|diverse|andet)$/;

/** Headings that say what is to be done with the list under them. */
const ORDERING =
  /^(please |and |then |also |now )*(remove|delete|drop|cancel|take (off|out)|fjern|slet|swap|replace|search|find|price|prices|how much|what|which|is|are|do|does)\b/;
/** What stands before a colon is a sentence or heading of its own, but in "eggs: 12" and "9:30". */
function isHeading(tokens: readonly Token[], goods: readonly boolean[], from: number, at: number): boolean {
  const next = tokens[at + 1];
  if (at === from + 1 && AISLES.test(tokens[from]!.key) && next !== undefined) return true;
  const isFor = next !== undefined && /^(for|til)$/.test(tokens[from]!.key) && tokens[at - 1]!.kind === 'word';
  if (isFor && goods.lastIndexOf(true) > at) return true;
  if (
    !next ||
    next.kind === 'number' ||
    /^(qty|quantity|antal|make|change|set|should)$/.test(next.key) ||
    tokens[at - 1]!.kind === 'number'
  )
    return false;
  if (/^(everything|all|alt)$/.test(tokens[from]!.key) && at - from > 2) return true;
  if (/^(for|til|this|today|tonight|from|list|shopping|need|needed)$/.test(tokens[from]!.key)) return true;
  if (/^(stuff|things|ingredients|run|night|party|dinner|list|ting|varer|liste)$/.test(tokens[at - 1]!.key))
    return true;
  return next.kind === 'break' || !goods.slice(from, at).includes(true) || at - from > 3;
}

const isGoods = (stems: readonly string[], at: number): boolean => goodsIn(false).at(stems, at) !== undefined;

/** A dot of an abbreviation, or a mark that stands in a word. */
function isInside(tokens: readonly Token[], at: number): boolean {
  const [before, mark, next] = [tokens[at - 1], tokens[at]!, tokens[at + 1]];
  if (mark.key !== '.') return false;
  const isTight = next !== undefined && mark.end === next.start && next.kind === 'word';
  return (
    isTight ||
    (before !== undefined &&
      before.end === mark.start &&
      /^(oz|lb|lbs|tsp|tbsp|pt|qt|gal|doz|pkg|ca|stk|ds|pk|kr|kl|bdt|fl|no|approx|dr|mr|mrs|st|spsk|tsk)$/.test(
        before.key,
      ) &&
      next !== undefined &&
      !/^\p{Lu}/u.test(next.text))
  );
}
