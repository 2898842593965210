import { piecesOf } from './spans.js';

const TEXT = '2 lb rice, some cheese';
const words = [
  { span: [0, 1], role: 'amount' as const },
  { span: [1, 2], role: 'filler' as const },
  { span: [2, 4], role: 'unit' as const },
  { span: [5, 9], role: 'item' as const },
  { span: [16, 22], role: 'item' as const },
];
const field = { span: [5, 9], confidence: 0.93, by: 'tagger' as const };
const lines = [{ fields: { name: field } }] as never;
const textOf = (pieces: readonly { text: string }[]) => pieces.map(({ text }) => text).join('');

describe('piecesOf', () => {
  it('owns every character once, also those that no word owns', () => {
    const pieces = piecesOf({ text: TEXT, words, lines });
    expect(textOf(pieces)).toBe(TEXT);
    expect(pieces.filter(({ role }) => role === 'unread').map(({ text }) => text)).toEqual([' ', ', some ']);
    expect(pieces.find(({ text }) => text === 'rice')).toEqual({
      text: 'rice',
      role: 'item',
      confidence: 0.93,
      by: 'tagger',
    });
    expect(pieces.find(({ text }) => text === 'cheese')).toMatchObject({ confidence: null, by: null });
  });

  it('shows no character twice where words overlap, and a text as it is that is not read yet', () => {
    const overlapping = [
      { span: [0, 4], role: 'amount' as const },
      { span: [2, 9], role: 'item' as const },
    ];
    expect(textOf(piecesOf({ text: TEXT, words: overlapping, lines: [] }))).toBe(TEXT);
    expect(piecesOf({ text: TEXT, words: [], lines: [] })).toMatchObject([{ text: TEXT, role: 'filler' }]);
  });

  it('counts as the API does: UTF-16 code units', () => {
    const pieces = piecesOf({ text: '🍎 2', words: [{ span: [3, 4], role: 'amount' }], lines: [] });
    expect(pieces.map(({ text }) => text)).toEqual(['🍎 ', '2']);
  });
});
