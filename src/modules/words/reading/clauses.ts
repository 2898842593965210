import { BEGIN, CORRECT } from './lexis/cues.js';
import { goodsIn, stemOf } from './lexis/lexicon.js';
import type { Span } from './reading.js';
import type { Token } from './lexis/tokens.js';

/** A stretch of tokens that asks for one thing to be done: from, and up to but without. */
export interface Clause {
  from: number;
  to: number;
  /** What ended the clause before it. */
  after: 'start' | 'sentence' | 'line' | 'joiner' | 'none';
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
    if (ENDS.has(keys[at]!) && !isInside(tokens, at)) {
      end(at + 1, 'sentence');
      continue;
    }
    if (at === from) continue;
    if (keys[at] === ':' && isHeading(tokens, stems, from, at)) {
      end(at + 1, 'sentence');
      continue;
    }
    const taken = CORRECT().at(keys, at);
    if (taken?.value === 'plain') continue;
    const cue = BEGIN().at(keys, at);
    if (!cue || isGoods(stems, at)) continue;
    const isJoined = JOINS.has(keys[at - 1]!);
    const hasGoods = () => stems.slice(from, at).some((_, offset) => isGoods(stems, from + offset));
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

/** What stands before a colon is a sentence or heading of its own, but in "eggs: 12" and "9:30". */
function isHeading(tokens: readonly Token[], stems: readonly string[], from: number, at: number): boolean {
  const next = tokens[at + 1];
  if (!next || next.kind === 'number' || tokens[at - 1]!.kind === 'number') return false;
  return (
    next.kind === 'break' || !stems.slice(from, at).some((_, offset) => isGoods(stems, from + offset)) || at - from > 3
  );
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
