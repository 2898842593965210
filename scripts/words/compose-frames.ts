import { dataFile } from '../../src/platform/data-file.js';
import { isStart, type Label } from '../../src/modules/words/reading/learned/labels.js';
import { tokensOf, type Token } from '../../src/modules/words/reading/lexis/tokens.js';
import { itemOf, type Order } from './compose-items.js';
import { nameOf, pick, type Composer, type Piece, type Random } from './compose-names.js';

export interface Frame {
  intent: string;
  language: 'en' | 'da';
  template: string;
}
export interface Phrase {
  intent: string;
  language: 'en' | 'da';
  text: string;
  tokens: Token[];
  labels: Label[];
}

const lines = (name: string): string[] =>
  dataFile('words', name)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

export const frames: readonly Frame[] = lines('frames.txt').map((line) => {
  const [intent, language, ...template] = line.split(' ');
  return { intent: intent!, language: language as Frame['language'], template: template.join(' ') };
});
const slots = new Map(
  lines('slots.txt').map((line) => {
    const at = line.indexOf(':');
    return [
      line.slice(0, at),
      line
        .slice(at + 1)
        .split(',')
        .map((word) => word.trim()),
    ] as const;
  }),
);

/** A template with its choices made: `(a|b)` and `[a|b]`, the innermost first. */
function chosen(template: string, random: Random): string {
  let text = template;
  for (let found = INNER.exec(text); found; found = INNER.exec(text)) {
    const options = found[0].slice(1, -1).split('|');
    const isLeft = found[0].startsWith('[') && random() < 0.55;
    text =
      text.slice(0, found.index) + (isLeft ? '' : pick(random, options)) + text.slice(found.index + found[0].length);
  }
  return text;
}
const INNER = /\([^()[\]]*\)|\[[^()[\]]*\]/;

export function phraseOf(frame: Frame, random: Random): Phrase {
  const composer: Composer = { random, language: frame.language };
  const pieces = chosen(frame.template, random)
    .split(/(\{\w+\})/)
    .flatMap((part) => piecesOf(part, composer));
  return { intent: frame.intent, language: frame.language, ...written(pieces, random) };
}

/** A line of a recipe by itself. */
export function recipeLine(random: Random): Phrase {
  const language = random() < 0.93 ? 'en' : 'da';
  return { intent: 'add', language, ...written(begun(itemOf({ random, language }, 'recipe')), random) };
}

function piecesOf(part: string, composer: Composer): Piece[] {
  const { random, language } = composer;
  const slot = /^\{(\w+)\}$/.exec(part)?.[1];
  if (slot === undefined) return part.trim() === '' ? [] : [{ text: part.trim(), label: 'O' }];
  if (slot === 'items') return list(composer, (order) => itemOf(composer, random() < 0.12 ? 'recipe' : 'cart', order));
  if (slot === 'item') return begun(itemOf(composer, 'cart'));
  if (slot === 'names') return list(composer, () => [{ text: nameOf(composer), label: 'n' }], 3);
  if (slot === 'name') return begun([{ text: nameOf(composer), label: 'n' }]);
  if (slot === 'amount') return begun(amount(composer));
  if (slot === 'n')
    return [
      {
        text: pick(random, ['2', '3', '4', '5', '6', '8', '10', '12', 'two', 'three', 'four', 'six', '30', '7']),
        label: 'O',
      },
    ];
  const own = language === 'da' ? slots.get(`${slot}_da`) : undefined;
  const found = own ?? slots.get(slot);
  if (!found) throw new Error(`data/words/slots.txt has no ${slot}`);
  return [{ text: pick(random, found), label: slot === 'dish' ? 'N' : 'O' }];
}

function amount({ random, language }: Composer): Piece[] {
  const units =
    language === 'en'
      ? [
          'lb',
          'bags',
          'pounds',
          'packs',
          'cans',
          'bottles',
          'liters',
          'oz',
          'dozen',
          'boxes',
          'kg',
          'bunches',
          'gallons',
        ]
      : ['kg', 'poser', 'pakker', 'liter', 'dåser', 'stk', 'flasker'];
  const number = pick(
    random,
    language === 'en'
      ? ['1', '2', '3', '4', '5', '6', '8', '10', '12', 'one', 'two', 'three', 'four', 'half', '1.5', 'a couple']
      : ['1', '2', '3', '4', '6', '10', 'to', 'tre', 'fire', '1,5'],
  );
  return random() < 0.5
    ? [{ text: number, label: 'q' }]
    : [
        { text: number, label: 'q' },
        { text: pick(random, units), label: 'u' },
      ];
}

/** The pieces of a thing, the first of them marked as its beginning. Words that stand before it ("some") are no part of it. */
function begun(pieces: readonly Piece[]): Piece[] {
  const first = pieces.findIndex(({ label }) => label !== 'O');
  return pieces.map((piece, at) => (at === first ? { ...piece, label: piece.label.toUpperCase() as Label } : piece));
}

/** What is said between things while thinking of the next. */
const CHATTER = {
  en: "uh;um;oh and;and god yes;you know;let me think;what else;also maybe;I think;oh right;hang on;and yeah;I guess;and of course;don't forget;and then;I suppose;we also need;and if you have them;and something else".split(
    ';',
  ),
  da: 'øh;og så;hvad mere;nå ja;og måske;lad mig se;og lige;vist nok;og selvfølgelig'.split(';'),
};

const SEPARATORS: readonly (readonly [share: number, en: string, da: string])[] = [
  [0.36, ', ', ', '],
  [0.24, ' and ', ' og '],
  [0.05, ', and ', ' og '],
  [0.13, '\n', '\n'],
  [0.12, ' ', ' '],
  [0.03, '; ', '; '],
  [0.03, ' + ', ' + '],
  [0.04, ' & ', ' samt '],
];
function list(composer: Composer, item: (order: Order) => Piece[], most = 6): Piece[] {
  const { random, language } = composer;
  const count = 1 + Math.floor(random() ** 1.5 * most);
  const style = random();
  const all: Piece[] = [];
  const separator = (): string => {
    let roll = random();
    for (const [share, en, da] of SEPARATORS) if ((roll -= share) < 0) return language === 'en' ? en : da;
    return ', ';
  };
  const main = separator();
  // Where nothing parts things their amounts stand on one side.
  const order: Order = main === ' ' ? (random() < 0.7 ? 'before' : 'after') : random() < 0.15 ? 'after' : 'any';
  const bullet = main === '\n' && style < 0.45 ? pick(random, ['- ', '* ', '• ', '[ ] ', '– ']) : '';
  for (let at = 0; at < count; at++) {
    if (at > 0) {
      const isLast = at === count - 1;
      const between =
        main === '\n'
          ? '\n'
          : isLast && random() < 0.5
            ? language === 'en'
              ? ' and '
              : ' og '
            : random() < 0.12
              ? separator()
              : main;
      if (between !== ' ') all.push({ text: between, label: 'J' });
    }
    if (bullet !== '') all.push({ text: bullet, label: 'O' });
    if (random() < 0.05) all.push({ text: pick(random, CHATTER[language]), label: 'O' });
    all.push(...begun(item(order)));
  }
  return all;
}

/** Pieces as a text, spelled as carelessly as people do; each token with the label of the piece it stands in. */
function written(pieces: readonly Piece[], random: Random): Omit<Phrase, 'intent' | 'language'> {
  const [isLower, isUpper, isCapital, slips] = [
    random() < 0.45,
    random() < 0.02,
    random() < 0.4,
    random() < 0.12 ? 0.06 : 0,
  ];
  let text = '';
  const stretches: { end: number; label: Label }[] = [];
  for (const piece of pieces) {
    let own = piece.text;
    if (slips > 0 && piece.label !== 'J')
      own = own.replace(/\p{L}{4,}/gu, (word) => (random() < slips * 3 ? slipped(word, random) : word));
    const isGlued = own.startsWith('\u0000');
    if (isGlued) own = own.slice(1);
    const isTight = isGlued || /^[,;:.?)\n]/.test(own) || /[\n([]$/.test(text) || text === '' || own.startsWith('/');
    text += (isTight ? '' : ' ') + own;
    stretches.push({ end: text.length, label: piece.label });
  }
  if (isUpper) text = text.toUpperCase();
  else if (isLower) text = text.toLowerCase();
  else if (isCapital) text = text[0]!.toUpperCase() + text.slice(1);
  if (random() < 0.15) text += pick(random, ['.', '!', '?', ' please', '...']);
  const tokens = tokensOf(text);
  return { text, tokens, labels: labelsOf(tokens, stretches) };
}

function labelsOf(tokens: readonly Token[], stretches: readonly { end: number; label: Label }[]): Label[] {
  const labels: Label[] = [];
  let at = 0;
  let isFresh = true;
  for (const token of tokens) {
    while (at < stretches.length && token.start >= stretches[at]!.end) {
      at++;
      isFresh = true;
    }
    const label = stretches[at]?.label ?? 'O';
    labels.push(isStart(label) && !isFresh ? (label.toLowerCase() as Label) : label);
    isFresh = false;
  }
  return labels;
}

function slipped(word: string, random: Random): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const roll = random();
  if (roll < 0.4) return word.slice(0, at) + word.slice(at + 1);
  if (roll < 0.7) return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
  return word.slice(0, at) + word[at]! + word.slice(at);
}
