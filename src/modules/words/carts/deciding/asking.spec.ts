import { readWords } from '../../reading/read-words.js';
import type { Line } from '../../reading/reading.js';
import { asksIn, whyIn } from './asking-texts.js';
import { questionsOf } from './asking.js';

const asked = (text: string, cart: readonly string[] = []): Line[] =>
  readWords(text, {
    locale: 'da-DK',
    context: { cart: cart.map((name) => ({ name, quantity: 2, unit: null })), question: null },
  }).actions.flatMap(({ lines }) => lines.filter(({ doubts }) => doubts.length > 0));

describe('what is asked', () => {
  it('is asked in the language of the locale, and of the words where none was sent', () => {
    expect([asksIn('da-DK', 'en'), asksIn('en-US', 'da'), asksIn(null, 'da'), asksIn(null, 'en')]).toEqual([
      'da',
      'en',
      'da',
      'en',
    ]);
  });

  it('says in Danish what is meant, why, and what each choice does', () => {
    const [ost] = asked('noget ost');
    const [question] = questionsOf('ln_1', ost!, 'add', [], 'da');
    expect(question).toMatchObject({
      text: 'Hvilken slags ost?',
      because: 'ost er en hel slags varer',
      choices: expect.arrayContaining([
        expect.objectContaining({ label: 'bare ost', because: 'som det blev skrevet' }),
        expect.objectContaining({ label: 'lad det være', effect: { drop: true } }),
      ]),
    });
  });

  it.each([
    ['noget ost', []],
    ['en bunke citroner', []],
    ['99999 blommer', []],
    ['hundefoder', []],
    ['3 citroner, kål, 5 citroner', []],
    ['xq zzgrbl', []],
    ['mælk, xqz, brød', []],
    ['den sædvanlige ost', []],
    ['fjern alt undtagen brød', ['brød', 'ost']],
    ['måske drop brød', ['brød', 'ost']],
    ['halver ris', ['ris', 'ris']],
  ])('has no reason that is left in English: %s', (text, cart) => {
    for (const { name, doubts } of asked(text, cart))
      for (const { why } of doubts) expect([why, whyIn('da', why, name)]).not.toEqual([why, why]);
  });
});
