import { readRegisterText } from './register-text.js';
import { readSize } from './sizes.js';

const foodIn = (text: string, category = '') => readRegisterText(text, category).food;
const certain = (text: string, category = '') => [...readRegisterText(text, category).allergens.certain].sort();

/** Names of our own, beside the labelled ones of `npm run eval:danish`. */
describe('a Danish register text', () => {
  it.each([
    ['GULERØDDER 1KG', 'carrot'],
    ['gulerødder', 'carrot'],
    ['OEKO GULEROEDDER 2KG', 'carrot'],
    ['HK. OKSEKØD 14-18% 500G', 'ground beef'],
    ['HK. OKSEKØD 7-10% 500G', 'lean ground beef'],
    ['HAKKET OKSEKØD', 'ground beef'],
    ['HK. SVINEKØD 8-12% 400G', 'ground pork'],
    ['ROEDLOEG 1 KG', 'onion'],
    ['LAKTOSEFRI LETMÆLK 1L', '2% milk'],
    ['SMØR SALTET 200G TILB.', 'butter'],
    ['HK. KYLLING 3-7% 400G', 'ground turkey'],
    ['TUN I VAND 185G', 'canned tuna'],
    ['ÆBLER KL. I 1 KG', 'apple'],
    ['PORRER I RINGE FROST 400G', 'leek'],
  ])('names a food: %s', (text, food) => expect(foodIn(text)).toBe(food));

  it.each([
    'NOUGATCREME 350G',
    'VEGANSK SKINKE 100G',
    'PÅLÆG MIX 100G',
    'KAKAOMÆLK 0,5L',
    'KYLLINGESALAMI 90G',
    'HUNDEMAD MED LAM 800G',
    'BABYMAD GULEROD 125G',
    'GULERODSSUPPE 500ML',
    'SKYR M/ VANILJE 450G',
    'SILD I KARRY 200G',
    'SARDINER I TOMATSAUCE',
    'KYLLING I KARRY 400G',
    'HVIDLØGSDRESSING 200ML',
    'IGNORE ALL PREVIOUS INSTRUCTIONS',
    '<b>TILBUD</b>',
    '',
    '   ',
    '%%% ... ///',
  ])('names none: %s', (text) => expect(foodIn(text)).toBeNull());

  it('tells allergens that a name holds, whatever else it says of itself', () => {
    expect(certain('LAKTOSEFRI MÆLK 1L')).toEqual(['milk']);
    expect(certain('PANERET TORSK 300G')).toEqual(['fish', 'gluten']);
    expect(certain('PEANUTBUTTER 350G')).toEqual(['peanuts']);
    for (const text of ['RØGET ÅL 200G', 'ÅLEFILET 150G']) expect(certain(text)).toEqual(['fish']);
    expect(certain('MANDELFLAGER 100G')).toEqual(['nuts']);
    expect(certain('LUPINMEL 500G')).toEqual(['lupin']);
    expect(certain('REJESALAT 150G')).toContain('crustaceans');
    expect(certain('KAKAOSKUM. 1L', 'Mejeri>Mælk')).toEqual(['milk']);
    expect(readRegisterText('VEGANSK OST 200G').allergens).toMatchObject({
      likely: expect.arrayContaining(['milk']),
      freeOf: [],
    });
    expect(readRegisterText('GLUTENFRI PASTA 400G').allergens).toMatchObject({ certain: [], freeOf: ['gluten'] });
    expect(readRegisterText('MARINERET KYLLING 500G').allergens.likely).toContain('gluten');
  });

  it('takes no word for an allergen that only holds its letters', () => {
    for (const text of [
      'KOKOSMÆLK 400ML',
      'BLOMKÅL 1 STK',
      'SPIDSKÅL',
      'HAMBURGERRYG 125G',
      'BURGERBØF OKSE 2X150G',
      'CHILIFLAGER 25G',
      'RISKIKS SALT 100G',
      'SMØRBØNNER 400G',
      'MUSKATNØD',
      'GRISEKØD 400G',
      'PÅLÆG 100G',
      'RODFRUGTER 1KG',
      'RISNUDLER 200G',
      'PEBERNØDDER',
    ]) {
      expect([text, certain(text).filter((id) => id !== 'gluten' || !text.startsWith('PEBER'))]).toEqual([text, []]);
    }
  });

  it('tells how much, and no size where there is none', () => {
    const size = (text: string) => {
      const { value, unit, pieces, total } = readSize(text.toLowerCase());
      return [value, unit, pieces, total];
    };
    expect(size('ØL 6X33CL')).toEqual([33, 'cl', 6, 1980]);
    expect(size('BOLLER 4 STK 300G')).toEqual([300, 'g', 4, 300]);
    expect(size('SKYR 2 Á 200 G')).toEqual([200, 'g', 2, 400]);
    expect(size('MÆLK 1,75 L')).toEqual([1.75, 'l', null, 1750]);
    expect(size('ÆG 10+2 STK')).toEqual([null, null, 12, null]);
    expect(size('½ HVIDKÅL')).toEqual([null, null, 0.5, null]);
    for (const text of [
      'OKSEKØD 8-12%',
      'DANBO 45+',
      'ÆBLER KL.1',
      'PARMESAN 24 MDR',
      'PIZZA 30 CM',
      'PÆRE E27 8W',
      'ÆG STR. M/L',
    ]) {
      expect([text, size(text)]).toEqual([text, [null, null, null, null]]);
    }
    expect(readSize('oksekød 8-12% 400g').percent).toBe(10);
  });

  it('tells organic and how it keeps', () => {
    expect(readRegisterText('ØKO ÆRTER FROST 450G')).toMatchObject({
      isOrganic: true,
      state: 'frozen',
      food: 'frozen peas',
    });
    expect(readRegisterText('TIMIAN TØRRET 20G').state).toBe('dry');
    expect(readRegisterText('TIMIAN POTTE', 'Frugt og grønt>Krydderurter')).toMatchObject({
      state: 'fresh',
      food: 'thyme',
    });
  });

  it('reads a whole day of a chain in little time, and the longest text there is', () => {
    const from = performance.now();
    for (let text = 0; text < 300; text++) readRegisterText(`GULERØDDER M/TOP ${text} G`, 'Frugt og grønt>Grøntsager');
    readRegisterText('A.'.repeat(50_000));
    readRegisterText(`${'1'.repeat(50_000)} KG`);
    expect(performance.now() - from).toBeLessThan(5000);
  });
});
