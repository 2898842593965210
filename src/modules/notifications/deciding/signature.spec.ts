import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { secretBytes } from '../../../platform/crypto/webhook-secret.js';
import { newSecret, sign } from './signature.js';

const now = () => Math.floor(Date.now() / 1000);

function headers(body: string, secrets: readonly string[], id = 'evt_01', timestamp = now()) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': sign(Buffer.from(body), id, timestamp, secrets),
  };
}

describe('webhook signature', () => {
  it('gives the signature that the specification’s own example secret and message give', () => {
    const signature = sign(Buffer.from('{"test": 2432232314}'), 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, [
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    ]);
    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('is accepted by the reference verifier for any JSON body', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        const secret = newSecret();
        expect(() => new Webhook(secret).verify(body, headers(body, [secret]))).not.toThrow();
      }),
    );
  });

  it('verifies with the old and with the new secret during a rotation, and with no other', () => {
    const [fresh, old] = [newSecret(), newSecret()];
    const sent = headers('{"a":1}', [fresh, old]);
    expect(new Webhook(fresh).verify('{"a":1}', sent)).toEqual({ a: 1 });
    expect(new Webhook(old).verify('{"a":1}', sent)).toEqual({ a: 1 });
    expect(() => new Webhook(newSecret()).verify('{"a":1}', sent)).toThrow('No matching signature');
  });

  it('does not verify another body, another id or another time', () => {
    const secret = newSecret();
    const verifier = new Webhook(secret);
    const sent = headers('{"a":1}', [secret]);
    expect(() => verifier.verify('{"a": 1}', sent)).toThrow();
    expect(() => verifier.verify('{"a":1}', { ...sent, 'webhook-id': 'evt_02' })).toThrow();
    expect(() => verifier.verify('{"a":1}', { ...sent, 'webhook-timestamp': String(now() + 1) })).toThrow();
  });

  it('is refused as a replay once it is more than five minutes old', () => {
    const secret = newSecret();
    expect(() => new Webhook(secret).verify('{}', headers('{}', [secret], 'evt_01', now() - 301))).toThrow('too old');
  });

  it('never signs an id that holds a dot', () => {
    expect(() => sign(Buffer.from('{}'), 'evt.1', now(), [newSecret()])).toThrow('dot');
  });

  it.each([
    ['without prefix', Buffer.alloc(32).toString('base64'), false],
    ['23 bytes', `whsec_${Buffer.alloc(23).toString('base64')}`, false],
    ['24 bytes', `whsec_${Buffer.alloc(24).toString('base64')}`, true],
    ['64 bytes', `whsec_${Buffer.alloc(64).toString('base64')}`, true],
    ['65 bytes', `whsec_${Buffer.alloc(65).toString('base64')}`, false],
    ['not base64', `whsec_${'!'.repeat(44)}`, false],
    ['our own', newSecret(), true],
  ])('knows which secrets are usable: %s', (_, secret, usable) => {
    expect(secretBytes(secret) !== null).toBe(usable);
  });
});
