import { englishNameOf } from './english-name.js';

describe('what shops abroad call what a Danish list names', () => {
  it.each([
    ['mælk', 'whole milk'],
    ['letmælk', '2% milk'],
    ['Rugbrød', 'rye bread'],
    ['gær', 'active dry yeast'],
    ['hakket oksekød', 'ground beef'],
    ['øko æg', 'organic egg'],
    ['økologiske gulerødder', 'organic carrot'],
    ['køkkenrulle', 'paper towels'],
    ['leverpostej', 'liver pate'],
  ])('%s is %s, whatever the list is written in where only Danish has its letters', (name, english) => {
    expect(englishNameOf(name, true)).toBe(english);
    if (/[æøå]/i.test(name)) expect(englishNameOf(name, false)).toBe(english);
  });

  it.each(['milk', 'bacon', 'pasta', 'is', 'and', 'salt', 'frozen pizza'])(
    'leaves %s alone in an English list',
    (name) => {
      expect(englishNameOf(name, false)).toBeNull();
    },
  );

  it('leaves alone what it does not know', () => {
    for (const name of ['zzqx', 'whole milk', 'smørrebrødspapir', '', '🧀'])
      expect([name, englishNameOf(name, true)]).toEqual([name, null]);
  });

  it('never names a food for a copy, a flavour or a dish of it', () => {
    for (const name of ['løgringe', 'æggesalat', 'hvidløgssmør', 'citronvand'])
      expect([name, englishNameOf(name, true)]).toEqual([name, null]);
  });
});
