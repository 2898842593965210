import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { WebhookSecret, secretBytes } from './webhook-secret.js';

const of = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64');
/** What each case of the list is, by its own words. */
const MADE: Readonly<Record<string, string>> = {
  'padding stripped': of(32).replaceAll('=', ''),
  '66 bytes': of(66),
  '33 letters, no base64 of a whole number of bytes': 'A'.repeat(33),
  '= inside': `${of(32).slice(0, 20)}=${of(32).slice(20)}`,
  'padding doubled': `${of(32)}=`,
};
const { secrets } = JSON.parse(readFileSync('test/cases/webhook-secrets.json', 'utf8')) as {
  secrets: { it: string }[];
};

describe('a secret that callers bring', () => {
  it.each(secrets.map(({ it }) => it))('is refused with %s', (what) => {
    expect(MADE[what]).toBeDefined();
    expect(WebhookSecret.safeParse(`whsec_${MADE[what]}`).success).toBe(false);
  });

  it.each([24, 25, 26, 32, 63, 64])('is accepted with %i bytes', (bytes) => {
    expect(WebhookSecret.safeParse(`whsec_${of(bytes)}`).success).toBe(true);
  });

  it.each([0, 23, 65])('is refused with %i bytes', (bytes) => {
    expect(WebhookSecret.safeParse(`whsec_${of(bytes)}`).success).toBe(false);
  });

  it('signs whenever it is accepted', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^whsec_[A-Za-z0-9+/=]{28,96}$/), (secret) => {
        const isAccepted = WebhookSecret.safeParse(secret).success;
        expect(isAccepted).toBe(secret.length <= 100 && secretBytes(secret) !== null);
      }),
    );
  });
});
