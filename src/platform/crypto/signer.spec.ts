import { randomBytes } from 'node:crypto';
import { readConfig } from '../../read-config.js';
import { signatureFault, Signer } from './signer.js';

const configured = (env: Record<string, string> = {}) =>
  Signer.forConfig(readConfig({ LOOPGPT_ENV: 'test', DATABASE_URL: 'postgres://x@127.0.0.1/x', ...env }));
const key = () => randomBytes(32).toString('base64');

describe('a signer', () => {
  it('makes the key and the signature of RFC 8037 appendix A', () => {
    const seed = Buffer.from('nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', 'base64url');
    const [shown] = new Signer([seed]).publicKeys;
    expect(shown).toMatchObject({
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
      kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    });
    // Its header names only the algorithm, ours the key too: the signature of its example is verified with our reader.
    const theirs =
      'eyJhbGciOiJFZERTQSJ9..hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg';
    expect(signatureFault('Example of Ed25519 signing', theirs, [{ ...shown, kid: undefined }])).toBeNull();
  });

  it('is verified with its public keys, and by no other text, key or signature', () => {
    const signer = configured();
    const keys = signer.publicKeys as never[];
    const signature = signer.sign('what was decided');
    expect(signatureFault('what was decided', signature, keys)).toBeNull();
    expect(signer.sign('what was decided')).toBe(signature);
    expect(signatureFault('what was not', signature, keys)).toContain('not that of this content');
    expect(
      signatureFault('what was decided', signature, new Signer([randomBytes(32)]).publicKeys as never[]),
    ).toContain('none of the keys');
    for (const bad of ['', 'x', '..', `${signature}.`, signature.replace('..', '.x.'), signature.slice(0, -4)]) {
      expect(signatureFault('what was decided', bad, keys)).not.toBeNull();
    }
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}..`;
    expect(signatureFault('what was decided', none, keys)).toContain('not by EdDSA');
  });

  it('still publishes the keys before a rotation, of the secret key or of its own', () => {
    const [old, next, own] = [key(), key(), key()];
    const before = configured({ LOOPGPT_SECRET_KEY: old });
    const rotated = configured({ LOOPGPT_SECRET_KEY: next, LOOPGPT_PREVIOUS_SECRET_KEYS: old });
    const separate = configured({ LOOPGPT_SECRET_KEY: old, LOOPGPT_SIGNING_KEYS: `${own},derived` });
    const signature = before.sign('text');
    for (const after of [rotated, separate]) {
      expect(after.publicKeys).toHaveLength(2);
      expect(signatureFault('text', signature, after.publicKeys as never[])).toBeNull();
      expect(after.sign('text')).not.toBe(signature);
    }
  });

  it('is configured with keys of 32 bytes', () => {
    expect(() => configured({ LOOPGPT_SIGNING_KEYS: 'c2hvcnQ=' })).toThrow(
      'LOOPGPT_SIGNING_KEYS is its value (hidden)',
    );
  });
});
