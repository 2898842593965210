import { decodedOf, textOf } from './decode.js';

describe('the text of bytes', () => {
  it('in windows-1252 has its quotes and its euro, and in Latin-1 its accents', () => {
    expect(textOf(Buffer.from([0x43, 0x68, 0x65, 0x66, 0x92, 0x73, 0x20, 0x80, 0x35]))).toBe('Chef\u2019s \u20ac5');
    expect(textOf(Buffer.from('Crème fraîche', 'latin1'))).toBe('Crème fraîche');
  });

  it('in UTF-16 is told by its mark, and by its zeros where it has none', () => {
    const text = 'order_id,item\nJalapeño 🌶,1\n';
    const little = Buffer.from(text, 'utf16le');
    expect(textOf(Buffer.concat([Buffer.from([0xff, 0xfe]), little]))).toBe(text);
    expect(textOf(Buffer.from(little).swap16())).toBe(text);
  });

  describe('in two encodings', () => {
    const both = (...parts: [string, BufferEncoding][]) =>
      Buffer.concat(parts.map(([text, as]) => Buffer.from(text, as)));

    it('is read line by line, and those are told that are not in UTF-8', () => {
      const bytes = both(['id,item\r\n1,Crème\r\n', 'utf8'], ['2,Crème\r\n3,Tea\r\n', 'latin1'], ['4,豆腐', 'utf8']);
      expect(decodedOf(bytes)).toEqual({ text: 'id,item\r\n1,Crème\r\n2,Crème\r\n3,Tea\r\n4,豆腐', odd: [3] });
    });

    it('is read sign by sign within a line', () => {
      const bytes = both(['[{"name":"Crème"},', 'utf8'], ['{"name":"Pâté"}]', 'latin1']);
      expect(decodedOf(bytes)).toEqual({ text: '[{"name":"Crème"},{"name":"Pâté"}]', odd: [1] });
    });

    it('is told where its mark says otherwise', () => {
      expect(decodedOf(both(['\ufeffid\n', 'utf8'], ['Crème', 'latin1']))).toEqual({ text: 'id\nCrème', odd: [2] });
    });

    it('is not where all is in one', () => {
      for (const [text, as] of [
        ['Crème\nPâté', 'utf8'],
        ['Crème\nPâté', 'latin1'],
        ['\ufeffCrème\nPâté', 'utf16le'],
      ] as const)
        expect(decodedOf(Buffer.from(text, as))).toEqual({ text: text.replace('\ufeff', ''), odd: [] });
      // CAFÉ™ crème
      const cafe = [0x43, 0x41, 0x46, 0xc9, 0x99, 0x20, 0x63, 0x72, 0xe8, 0x6d, 0x65];
      expect(decodedOf(Buffer.from(cafe))).toEqual({ text: 'CAFÉ™ crème', odd: [] });
    });
  });

  it('is none where bytes are of no text', () => {
    expect(textOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 1, 2, 3, 4, 5, 6, 7, 8]))).toBeNull();
  });
});
