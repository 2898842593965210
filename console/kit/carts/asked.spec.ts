import type { Cart } from '../../../sdk/client.js';
import { askedIn, choiceIn, subjectOf } from './asked.js';

type Question = Cart['questions'][number];
const question = (kind: Question['kind']): Question =>
  ({ kind, text: 'Which ost do you mean?', choices: [], answer: null }) as unknown as Question;
const choice = (label: string, effect: Question['choices'][number]['effect']) => ({
  id: 'c1',
  label,
  because: '',
  effect,
});

it('asks as the API does in English, and in Danish by what is asked', () => {
  expect(askedIn('en', question('which_food'), 'ost')).toBe('Which ost do you mean?');
  expect(askedIn('da', question('which_food'), 'ost')).toBe('Hvilken slags ost?');
  expect(askedIn('da', question('how_much'), '')).toBe('Which ost do you mean?');
});

it('says what a choice does; a name stays as it is', () => {
  const said = (kind: Question['kind'], label: string, effect: Question['choices'][number]['effect']) =>
    choiceIn('da', question(kind), choice(label, effect), 'ost');
  expect(said('which_food', 'skiveost', { set: { name: 'skiveost' } })).toBe('skiveost');
  expect(said('which_food', 'any ost', { set: { name: 'ost' } })).toBe('bare ost');
  expect(said('which_food', 'leave it out', { drop: true })).toBe('lad det være');
  expect([said('confirm', 'yes', {}), said('confirm', 'no', { drop: true })]).toEqual(['ja', 'nej']);
  expect(said('keep_or_drop', 'keep it', {})).toBe('behold');
  expect(choiceIn('en', question('confirm'), choice('yes', {}), 'ost')).toBe('yes');
});

it('keeps the name that was asked about when its line has another', () => {
  const lines = [{ id: 'ln_1', name: 'skiveost' }] as Cart['lines'];
  const asked = { ...question('which_food'), line: 'ln_1' };
  const choices = [choice('skiveost', { set: { name: 'skiveost' } }), choice('any ost', { set: { name: 'ost' } })];
  expect(subjectOf({ ...asked, choices }, lines)).toBe('ost');
  expect(subjectOf(asked, lines)).toBe('skiveost');
  expect(subjectOf(asked, [])).toBe('');
});
