import { brandsNamed } from '../../src/modules/words/reading/lexis/lexicon.js';
import {
  UNITS,
  NUMBER_WORDS,
  FRACTIONS,
  SIZES,
  ADJECTIVES,
  CUTS,
  TAILS,
  BRACKETS,
  WISHES,
  words,
} from './composed-words.js';
import { wishFor } from './compose-wishes.js';
import { chance, nameOf, pick, type Composer, type Piece } from './compose-names.js';

function quantity({ random, language }: Composer, isMeasure: boolean): string {
  const roll = random();
  if (roll < 0.22) return pick(random, NUMBER_WORDS[language]);
  if (roll < (isMeasure ? 0.45 : 0.27)) return pick(random, FRACTIONS);
  if (roll < 0.32) {
    const low = 1 + Math.floor(random() * 6);
    return `${low}${pick(random, ['-', ' to ', '–', ' or ', ' - '])}${low + 1 + Math.floor(random() * 3)}`;
  }
  if (isMeasure && roll < 0.6)
    return String(pick(random, [100, 150, 200, 250, 300, 400, 500, 750, 50, 75, 125, 12, 14.5, 16, 24, 25, 32, 40]));
  const plain = 1 + Math.floor(random() * (chance(random, 0.15) ? 48 : 8));
  return language === 'da' && chance(random, 0.1) ? `${plain},5` : String(plain);
}

function unit({ random, language }: Composer): { text: string; isMeasure: boolean } {
  const roll = random();
  const { measures, packs, parts } = UNITS[language];
  return roll < 0.5
    ? { text: pick(random, measures), isMeasure: true }
    : { text: pick(random, roll < 0.82 ? packs : parts), isMeasure: false };
}

const sizeAmount = (composer: Composer): string => {
  const { random, language } = composer;
  const of =
    language === 'en'
      ? words('oz, ounce, lb, pound, g, ml, kg, l, liter, fl oz, ct, count, pack, gallon, pt')
      : words('g, ml, kg, l, cl, stk');
  if (language === 'en' && chance(random, 0.12))
    return `${pick(random, words('two, three, four, five, six, eight, ten, twelve, sixteen, twenty'))}${pick(random, [' ', ' ', '-'])}${pick(random, words('pound, ounce, liter, pack, gallon, count, lb, oz'))}`;
  return `${pick(random, [5, 8, 10, 12, 14.5, 15, 16, 20, 28, 32, 100, 250, 330, 400, 500, 750, 1.5, 2, 3, 24, 6, 60])}${pick(random, ['', ' ', ' ', '-'])}${pick(random, of)}`;
};
const of = ({ random, language }: Composer): string => (language === 'en' && chance(random, 0.45) ? 'of' : '');

/** Whether amounts stand before their names, behind them, or as it comes. */
export type Order = 'before' | 'after' | 'any';

/** The parts of one thing, without its name, as shoppers and cooks order them. */
export function itemOf(composer: Composer, style: 'cart' | 'recipe', order: Order = 'any'): Piece[] {
  const { random, language } = composer;
  const name: Piece = { text: nameOf(composer), label: 'n' };
  if (style === 'recipe' && language === 'en' && chance(random, 0.06)) return odd(composer);
  const brand: Piece[] =
    style === 'cart' && chance(random, 0.07) ? [{ text: pick(random, brandsNamed()).name, label: 'b' }] : [];
  const cut: Piece[] =
    chance(random, style === 'recipe' ? 0.22 : 0.03) && language === 'en'
      ? [{ text: pick(random, CUTS), label: 'p' }]
      : [];
  const turned: Piece[] =
    style === 'cart' && language === 'en' && chance(random, 0.02)
      ? [{ text: pick(random, ADJECTIVES.en), label: 'n' }]
      : [];
  const goods = [...cut, ...brand, name, ...turned];
  if (style === 'cart' && chance(random, 0.02)) return counted(composer, goods);
  const isAfter = order === 'after' || (order === 'any' && chance(random, style === 'recipe' ? 0 : 0.22));
  const item = isAfter
    ? [...goods, ...(order === 'after' && chance(random, 0.15) ? [] : amountAfter(composer))]
    : [...amountBefore(composer, style), ...goods];
  return [...item, ...tailOf(composer, style)];
}

/** "2 water cases": the container behind what it holds. */
const counted = (composer: Composer, goods: readonly Piece[]): Piece[] => [
  { text: quantity(composer, false), label: 'q' },
  ...goods,
  { text: pick(composer.random, UNITS[composer.language].packs), label: 'u' },
];

const GROWN: readonly (readonly [string, string])[] = [
  ['garlic', 'cloves'],
  ['garlic', 'clove'],
  ['celery', 'stalks'],
  ['celery', 'stalk'],
  ['celery', 'sticks'],
  ['celery', 'ribs'],
  ['thyme', 'sprigs'],
  ['mint', 'sprigs'],
  ['parsley', 'sprigs'],
  ['rosemary', 'sprigs'],
  ['fennel', 'bulb'],
  ['fennel', 'bulbs'],
  ['cabbage', 'head'],
  ['lettuce', 'heads'],
  ['salmon', 'fillets'],
  ['cod', 'fillets'],
  ['bacon', 'slices'],
  ['bread', 'slices'],
  ['bacon', 'rashers'],
  ['cheese', 'slices'],
  ['lemongrass', 'stalks'],
  ['rhubarb', 'stalks'],
  ['butter', 'sticks'],
  ['lemon', 'wedges'],
  ['corn', 'ears'],
];

/** Lines that cooks write another way: a part named behind what it is of, the juice of fruit, two goods under one amount. */
function odd(composer: Composer): Piece[] {
  const { random } = composer;
  const roll = random();
  if (roll < 0.45) {
    const [goods, part] = pick(random, GROWN);
    const size: Piece[] = chance(random, 0.3) ? [{ text: pick(random, SIZES.en), label: 's' }] : [];
    const fresh = chance(random, 0.2) ? 'fresh ' : '';
    return [
      { text: quantity(composer, false), label: 'q' },
      ...size,
      { text: fresh + goods, label: 'n' },
      { text: part, label: 'u' },
      ...tailOf(composer, 'recipe'),
    ];
  }
  if (roll < 0.6) {
    const fruit = pick(random, ['lemon', 'lime', 'orange', 'lemons', 'limes', 'grapefruit', 'oranges']);
    return [
      {
        text: pick(random, [
          'juice of',
          'zest of',
          'grated zest of',
          'juice and zest of',
          'the juice of',
          'finely grated rind of',
          'pulp of',
        ]),
        label: 'p',
      },
      { text: quantity(composer, false), label: 'q' },
      { text: fruit, label: 'n' },
    ];
  }
  const goods = `${nameOf(composer)} ${pick(random, ['or', 'or', 'or other'])} ${nameOf(composer, true)}`;
  const tail: Piece[] = chance(random, 0.4)
    ? [
        {
          text: pick(random, [
            ', for serving',
            'for serving',
            ', to taste',
            'for the pan',
            '(optional)',
            ', for garnish',
          ]),
          label: 'p',
        },
      ]
    : [];
  return [...(chance(random, 0.6) ? amountBefore(composer, 'recipe') : []), { text: goods, label: 'n' }, ...tail];
}

function tailOf({ random, language }: Composer, style: 'cart' | 'recipe'): Piece[] {
  if (style === 'recipe') {
    if (language === 'da') return [];
    const roll = random();
    if (roll < 0.05)
      return [
        {
          text: `${pick(random, [',', ''])} ${pick(random, ['such as', 'like', 'preferably', 'or other', 'or', 'from', 'plus'])} ${nameOf({ random, language }, true)}`.trim(),
          label: 'p',
        },
      ];
    if (roll < 0.28)
      return [
        { text: ',', label: 'p' },
        { text: pick(random, TAILS), label: 'p' },
      ];
    if (roll < 0.38) return [{ text: `(${pick(random, BRACKETS)})`, label: 'p' }];
    if (roll < 0.42)
      return [
        {
          text: pick(random, [
            'for serving',
            'for garnish',
            'to taste',
            'to serve',
            'for the pan',
            'at room temperature',
            'plus more for serving',
            'for dusting',
          ]),
          label: 'p',
        },
      ];
    return [];
  }
  if (!chance(random, 0.13)) return [];
  const one = chance(random, 0.55) ? wishFor({ random, language }) : pick(random, WISHES[language]);
  const wish = chance(random, 0.12) ? `${one}, ${pick(random, WISHES[language])}` : one;
  return chance(random, 0.6)
    ? [
        { text: ',', label: 'p' },
        { text: wish, label: 'p' },
      ]
    : chance(random, 0.4)
      ? [{ text: `(${wish})`, label: 'p' }]
      : chance(random, 0.4)
        ? [
            { text: pick(random, ['-', '–', '—', ':']), label: 'p' },
            { text: wish, label: 'p' },
          ]
        : [{ text: wish, label: 'p' }];
}

function amountBefore(composer: Composer, style: 'cart' | 'recipe'): Piece[] {
  const { random, language } = composer;
  const roll = random();
  const about: Piece[] = chance(random, 0.05)
    ? [
        {
          text: pick(
            random,
            language === 'en' ? ['about', 'around', 'like', 'maybe', 'approximately'] : ['ca.', 'cirka', 'omkring'],
          ),
          label: 'q',
        },
      ]
    : [];
  if (roll < (style === 'cart' ? 0.36 : 0.1))
    return chance(random, 0.1) ? [{ text: language === 'en' ? 'some' : 'noget', label: 'O' }] : [];
  if (roll < (style === 'cart' ? 0.56 : 0.24)) {
    const size: Piece[] = chance(random, 0.15) ? [{ text: pick(random, SIZES[language]), label: 's' }] : [];
    const times: Piece[] = size.length === 0 && chance(random, 0.12) ? [{ text: 'x', label: 'q' }] : [];
    return [...about, { text: quantity(composer, false), label: 'q' }, ...times, ...size];
  }
  const found = unit(composer);
  if (!found.isMeasure && chance(random, 0.18)) {
    const bracketed = chance(random, 0.35);
    const size = sizeAmount(composer);
    return [
      { text: quantity(composer, false), label: 'q' },
      { text: bracketed ? `(${size})` : size, label: 's' },
      { text: found.text, label: 'u' },
      ...ofPiece(composer),
    ];
  }
  if (chance(random, 0.05))
    return [
      { text: quantity(composer, false), label: 'q' },
      { text: pick(random, ['x', '×']), label: 'q' },
      { text: sizeAmount(composer), label: 's' },
    ];
  if (chance(random, 0.04))
    return [
      { text: sizeAmount(composer), label: 's' },
      ...(chance(random, 0.5)
        ? [{ text: pick(random, UNITS[language].packs), label: 'u' } as Piece, ...ofPiece(composer)]
        : []),
    ];
  const size: Piece[] = chance(random, found.isMeasure ? 0.02 : 0.1)
    ? [{ text: pick(random, SIZES[language]), label: 's' }]
    : [];
  const bare = !found.isMeasure && chance(random, 0.12);
  const amount: Piece[] = bare ? [] : [...about, { text: quantity(composer, found.isMeasure), label: 'q' }];
  const isGlued = !bare && /\d$/.test(amount.at(-1)!.text) && chance(random, found.isMeasure ? 0.35 : 0.1);
  const unitPiece: Piece = { text: isGlued ? `\u0000${found.text}` : found.text, label: 'u' };
  const second: Piece[] =
    style === 'recipe' && found.isMeasure && chance(random, 0.12)
      ? [
          {
            text: pick(random, [
              `(${sizeAmount(composer)})`,
              `/${sizeAmount(composer)}`,
              `plus ${quantity(composer, true)} ${pick(random, UNITS[language].measures)}`,
            ]),
            label: 'p',
          },
        ]
      : [];
  return [...amount, ...size, unitPiece, ...second, ...ofPiece(composer)];
}
const ofPiece = (composer: Composer): Piece[] => {
  const text = of(composer);
  return text === '' ? [] : [{ text, label: 'u' }];
};

function amountAfter(composer: Composer): Piece[] {
  const { random, language } = composer;
  const roll = random();
  if (roll < 0.22)
    return [{ text: pick(random, ['x', '×', 'x ', '× ']) + String(1 + Math.floor(random() * 12)), label: 'q' }];
  if (roll < 0.32)
    return [
      { text: sizeAmount(composer), label: 's' },
      { text: `x${1 + Math.floor(random() * 6)}`, label: 'q' },
    ];
  if (roll < 0.37) return [{ text: `(${quantity(composer, false)})`, label: 'q' }];
  if (roll < 0.4)
    return [
      { text: `(${1 + Math.floor(random() * 20)}`, label: 'q' },
      { text: pick(random, UNITS[language].packs), label: 'u' },
      { text: ')', label: 'u' },
    ];
  if (roll < 0.44) return [{ text: sizeAmount(composer), label: 's' }];
  if (roll < 0.46)
    return [
      { text: pick(random, [',', ', the', '- the', 'in the', ', a']), label: 'p' },
      { text: sizeAmount(composer), label: 's' },
      ...(chance(random, 0.5) ? [{ text: pick(random, UNITS[language].packs), label: 'u' } as Piece] : []),
    ];
  const before: Piece[] = chance(random, 0.35)
    ? [
        {
          text: pick(random, [
            ',',
            ':',
            '-',
            '–',
            ', about',
            ', like',
            '=',
            ', say',
            ', maybe',
            ', around',
            'about',
            'of about',
            ', just',
          ]),
          label: 'q',
        },
      ]
    : [];
  if (roll < 0.62) return [...before, { text: quantity(composer, false), label: 'q' }];
  const found = unit(composer);
  const value = quantity(composer, found.isMeasure);
  const isGlued = /\d$/.test(value) && chance(random, 0.35);
  if (roll > 0.93)
    return [
      ...before,
      { text: value, label: 'q' },
      { text: sizeAmount(composer), label: 's' },
      { text: pick(random, UNITS[language].packs), label: 'u' },
    ];
  return [...before, { text: value, label: 'q' }, { text: isGlued ? `\u0000${found.text}` : found.text, label: 'u' }];
}
