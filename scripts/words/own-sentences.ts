import { dataFile } from '../../src/platform/data-file.js';
import type { GoldItem } from './same-thing.js';
import type { GoldAction, Utterance } from './score-people.js';

/**
 * The sentences of data/words/sentences.txt, one a line:
 * `locale | text => reading [| another that is as right]`, a reading being actions parted by ` ## `, each `intent: thing; thing {constraints}`, a
 * thing `name|quantity|unit|size|brand|notes` (`said~meant` where the text has other words; `>from`, `>to` in a swap). Behind them
 * `@name quantity unit, …` is what the cart holds, `&question (option, option)` what was asked before, `?kind about` what has to be asked.
 */
export const ownSentences = (): Utterance[] =>
  dataFile('words', 'sentences.txt')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(utteranceOf);

function utteranceOf(line: string, at: number): Utterance {
  const [, locale, written, told] = /^(\S+) \| (.*?) => (.*)$/.exec(line) ?? [];
  if (locale === undefined || written === undefined || told === undefined)
    throw new Error(`data/words/sentences.txt: ${line}`);
  const text = written.replaceAll('\\n', '\n');
  const question = / &(.*?)(?: \(([^)]*)\))?(?= @|$)/.exec(told);
  let cart: NonNullable<NonNullable<Utterance['context']>['cart']> = [];
  const ask: { about: string; kind: string }[] = [];
  const readings = told
    .replace(question?.[0] ?? '\0', '')
    .split(' | ')
    .map((reading) => {
      const held = / @([^?]*?)(?= \?|$)/.exec(reading);
      if (held) cart = held[1]!.split(',').map(heldOf);
      const asked = / \?(\w+)(?: (.*))?$/.exec(reading.replace(held?.[0] ?? '\0', ''));
      if (asked) ask.push({ kind: asked[1]!, about: asked[2] ?? '' });
      return reading.replace(held?.[0] ?? '\0', '').replace(asked?.[0] ?? '\0', '');
    })
    .map((reading) => reading.split(' ## ').map((action) => actionOf(text, action)));
  return {
    id: `own${at}`,
    text,
    locale,
    context: {
      cart,
      ...(question
        ? { previous_question: question[1]!, options: (question[2] ?? '').split(', ').filter(Boolean) }
        : {}),
    },
    gold: readings[0]!,
    alt_gold: readings.slice(1),
    ask,
  };
}

function heldOf(said: string): { name: string; quantity: number | null; unit: string | null } {
  const [, name, quantity, unit] = /^(.*?)(?: (\d+(?:\.\d+)?)(?: (\w+))?)?$/.exec(said.trim())!;
  return { name: name!, quantity: quantity === undefined ? null : Number(quantity), unit: unit ?? null };
}

function actionOf(text: string, told: string): GoldAction {
  const bounds = /\{([a-z,]+)\}/.exec(told);
  const [intent, things = ''] = told
    .replace(bounds?.[0] ?? '\0', '')
    .trim()
    .split(/:(.*)/);
  return {
    intent: intent!.trim(),
    items: things
      .split(';')
      .filter((thing) => thing.trim() !== '')
      .map((thing) => thingOf(text, thing)),
    constraints: Object.fromEntries(
      (bounds?.[1] ?? '')
        .split(',')
        .filter(Boolean)
        .map((name) => [name, true]),
    ),
  };
}

function thingOf(text: string, told: string): GoldItem {
  const role = />(from|to)\b/.exec(told)?.[1];
  const [name = '', quantity = '', ...rest] = told
    .replace(/>(from|to)\b/, '')
    .split('|')
    .map((field) => field.trim());
  const [unit, size, brand, notes] = [0, 1, 2, 3].map((at) => rest[at] || null) as [
    string | null,
    string | null,
    string | null,
    string | null,
  ];
  const forms = name.split('~');
  const said = forms.find((form) => text.toLowerCase().includes(form.toLowerCase())) ?? forms[0]!;
  const meant = forms.find((form) => form !== said) ?? said;
  const start = text.toLowerCase().indexOf(said.toLowerCase());
  const from = Array.from(text.slice(0, Math.max(0, start))).length;
  const span: [number, number] = start < 0 ? [0, Array.from(text).length] : [from, from + Array.from(said).length];
  return {
    name: meant,
    name_written: said,
    quantity: quantity === '' ? null : Number(quantity),
    unit,
    size,
    brand,
    notes,
    diet: null,
    span,
    name_span: span,
    ...(role === undefined ? {} : { role }),
  };
}
