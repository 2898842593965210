import type { Cart } from '../../../sdk/client.js';

type Question = Cart['questions'][number];
type Choice = Question['choices'][number];

/**
 * The API asks in the language of the words, a page in that of its reader. What is asked is made of a kind and a name, and what a choice
 * does is told, so that both can be said in Danish.
 */
const ASKED: Readonly<Record<Question['kind'], (name: string) => string>> = {
  which_food: (name) => `Hvilken slags ${name}?`,
  which_size: (name) => `Hvilken størrelse ${name}?`,
  how_much: (name) => `Hvor meget ${name}?`,
  which_meant: (name) => `Hvilken ${name} menes der?`,
  keep_or_drop: (name) => `Skal ${name} blive i kurven?`,
  confirm: (name) => `Er det “${name}”, der ønskes?`,
};

/** What is asked about, as it was called: once it was answered its line is called otherwise. Pure. */
export function subjectOf({ line, choices }: Question, lines: Cart['lines']): string {
  const asWritten = choices.find(
    ({ label, effect: { set } }) =>
      set?.name !== undefined && (label === `any ${set.name}` || label === `bare ${set.name}`),
  );
  return asWritten?.effect.set?.name ?? lines.find(({ id }) => id === line)?.name ?? '';
}

/** Pure. */
export function askedIn(language: 'en' | 'da', question: Question, name: string): string {
  return language === 'en' || name === '' ? question.text : ASKED[question.kind](name);
}

/** Pure. */
export function choiceIn(language: 'en' | 'da', { kind }: Question, { label, effect }: Choice, name: string): string {
  if (language === 'en') return label;
  if (kind === 'confirm') return effect.drop ? 'nej' : 'ja';
  if (effect.drop) return 'lad det være';
  if (kind === 'keep_or_drop') return 'behold';
  return effect.set?.name === name && name !== '' && effect.set.quantity === undefined ? `bare ${name}` : label;
}
