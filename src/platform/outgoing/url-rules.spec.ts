import fc from 'fast-check';
import { FORBIDDEN_HOSTS } from '../../../test/support/webhooks/forbidden-hosts.js';
import { ANYWHERE, PUBLIC_HTTPS, checkUrl, forbiddenRange } from './url-rules.js';

describe('URL given by a caller', () => {
  it.each(FORBIDDEN_HOSTS)('refuses %s: %s', (_, host) => {
    expect(checkUrl(`https://${host}/hook`, PUBLIC_HTTPS).ok).toBe(false);
  });

  it.each([
    ['http', 'http://example.com/'],
    ['ftp', 'ftp://example.com/'],
    ['file', 'file:///etc/passwd'],
    ['javascript', 'javascript:alert(1)'],
    ['another port', 'https://example.com:8443/'],
    ['a well-known service port', 'https://example.com:6379/'],
    ['a user name that looks like the host', 'https://example.com@169.254.169.254/'],
    ['a user name', 'https://user@example.com/'],
    ['a password', 'https://user:pass@example.com/'],
    ['a relative path', '/hook'],
    ['an empty text', ''],
    ['a host that is no host', 'https://exa mple.com/'],
    ['2,049 characters', `https://example.com/${'a'.repeat(2029)}`],
  ])('refuses %s', (_, url) => {
    expect(checkUrl(url, PUBLIC_HTTPS).ok).toBe(false);
  });

  it.each([
    'https://example.com/',
    'https://example.com:443/hook?token=1#part',
    'https://sub.bücher.example/hook',
    'https://93.184.216.34/hook',
    'https://[2606:2800:220:1:248:1893:25c8:1946]/hook',
    'HTTPS://EXAMPLE.COM\\hook',
  ])('allows %s', (url) => {
    expect(checkUrl(url, PUBLIC_HTTPS)).toMatchObject({ ok: true });
  });

  it('says in the refusal what to change', () => {
    expect(checkUrl('https://0x7f.1/', PUBLIC_HTTPS)).toEqual({
      ok: false,
      detail: 'must lead to a public host; 127.0.0.1 lies in 127.0.0.0/8 (loopback)',
    });
    expect(checkUrl('http://example.com/', PUBLIC_HTTPS)).toEqual({ ok: false, detail: 'must start with https://' });
  });

  it('lets a developer reach the own machine only when told so', () => {
    expect(checkUrl('http://127.0.0.1:4000/hook', ANYWHERE).ok).toBe(true);
    expect(checkUrl('http://user@127.0.0.1:4000/hook', ANYWHERE).ok).toBe(false);
  });
});

describe('forbidden ranges', () => {
  it('never allows an IPv4 address in any IPv6 clothing', () => {
    fc.assert(
      fc.property(
        fc.ipV4(),
        fc.constantFrom('::ffff:', '::', '64:ff9b::', '64:ff9b:1::', '::ffff:0:'),
        (v4, prefix) => {
          expect(forbiddenRange(prefix + v4)).not.toBeNull();
        },
      ),
    );
  });

  it('gives an answer for every address and refuses everything that is none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4Extended(), fc.string()), (text) => {
        const reason = forbiddenRange(text);
        expect(reason === null || reason.length > 0).toBe(true);
      }),
    );
    expect(forbiddenRange('fe80::1%eth0')).not.toBeNull();
    expect(forbiddenRange('0x7f.1')).not.toBeNull();
    expect(forbiddenRange('')).not.toBeNull();
  });

  it.each(['1.1.1.1', '9.255.255.255', '11.0.0.0', '172.15.255.255', '172.32.0.0', '100.63.255.255', '100.128.0.0'])(
    'allows %s, right beside a forbidden range',
    (address) => {
      expect(forbiddenRange(address)).toBeNull();
    },
  );
});
