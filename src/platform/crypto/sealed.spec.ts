import { randomBytes } from 'node:crypto';
import { SealError, Sealer } from './sealed.js';

describe('Sealer', () => {
  const key = randomBytes(32);
  const sealer = new Sealer(key);

  it('opens what it sealed, and never seals the same text to the same bytes', () => {
    const first = sealer.seal('whsec_ÆØÅ', 'row/1');
    expect(sealer.open(first, 'row/1')).toBe('whsec_ÆØÅ');
    expect(sealer.seal('whsec_ÆØÅ', 'row/1').equals(first)).toBe(false);
    expect(first.includes('whsec')).toBe(false);
  });

  it('opens what it sealed as text for a JSON column', () => {
    expect(sealer.openText(sealer.sealText('whsec_x'))).toBe('whsec_x');
  });

  it('does not open a ciphertext that was copied to another row', () => {
    expect(() => sealer.open(sealer.seal('secret', 'row/1'), 'row/2')).toThrow(SealError);
  });

  it('notices every single altered byte', () => {
    const sealed = sealer.seal('secret', 'row/1');
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] as number) ^ 1;
      expect(() => sealer.open(altered, 'row/1')).toThrow(SealError);
    }
    expect(() => sealer.open(sealed.subarray(0, 20), 'row/1')).toThrow(SealError);
    expect(() => sealer.open(Buffer.alloc(0), 'row/1')).toThrow(SealError);
  });

  it('still opens what the previous key sealed after a rotation, and seals with the new one', () => {
    const old = sealer.seal('secret', 'row/1');
    const rotated = new Sealer(randomBytes(32), [key]);
    expect(rotated.open(old, 'row/1')).toBe('secret');
    expect(() => sealer.open(rotated.seal('secret', 'row/1'), 'row/1')).toThrow(/unknown key/);
  });

  it('never repeats the secret or the sealed bytes in an error', () => {
    const sealed = sealer.seal('canary-secret', 'row/1');
    try {
      sealer.open(sealed, 'row/2');
    } catch (error) {
      expect(String(error)).not.toContain('canary');
      expect(String(error)).not.toContain(sealed.toString('base64').slice(-10));
    }
    expect.hasAssertions();
  });
});
