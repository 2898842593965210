import { textOf } from './decode.js';

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

  it('is none where bytes are of no text', () => {
    expect(textOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 1, 2, 3, 4, 5, 6, 7, 8]))).toBeNull();
  });
});
