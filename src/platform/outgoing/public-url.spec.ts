import { startDns } from '../../../test/support/webhooks/dns-server.js';
import { AddressClient } from './address.client.js';
import { PublicUrls } from './public-url.js';
import { PUBLIC_HTTPS } from './url-rules.js';

const PUBLIC_ADDRESS = '93.184.216.34';

async function check(answer: Parameters<typeof startDns>[0], url = 'https://receiver.example/hook') {
  const names = await startDns(answer);
  try {
    await new PublicUrls(PUBLIC_HTTPS, new AddressClient('dns', [names.address])).check(url, '/url');
    return null;
  } catch (error) {
    return error;
  } finally {
    await names.close();
  }
}

describe('a URL given by a caller', () => {
  it('is refused, saying where and why, when it leads inside, but not to which address', async () => {
    expect(await check((_, type) => (type === 'A' ? ['10.0.0.1'] : []))).toMatchObject({
      code: 'webhook_url_refused',
      extra: {
        errors: [
          {
            pointer: '/url',
            detail: 'must lead to a public host; receiver.example leads to an address that is not public',
          },
        ],
      },
    });
  });

  it('is refused when only one of its addresses leads inside', async () => {
    expect(await check((_, type) => (type === 'A' ? [PUBLIC_ADDRESS] : ['fd00::1']))).toMatchObject({
      code: 'webhook_url_refused',
    });
  });

  it('is refused when its host does not exist', async () => {
    expect(await check(() => null)).toMatchObject({ code: 'webhook_url_refused' });
  });

  it('is refused without asking DNS when it is not allowed as written', async () => {
    const asked: string[] = [];
    expect(await check((name) => (asked.push(name), [PUBLIC_ADDRESS]), 'http://receiver.example/')).toMatchObject({
      code: 'webhook_url_refused',
    });
    expect(asked).toEqual([]);
  });

  it('is taken when it leads outside, and its host is not asked for again for a while', async () => {
    const names = await startDns((_, type) =>
      type === 'A' ? [PUBLIC_ADDRESS] : ['2606:2800:220:1:248:1893:25c8:1946'],
    );
    const urls = new PublicUrls(PUBLIC_HTTPS, new AddressClient('dns', [names.address]));
    await urls.check('https://receiver.example/one', '/url');
    await urls.check('https://receiver.example/two', '/url');
    expect(names.questions).toHaveLength(2);
    await names.close();
  });

  it('is taken when the name servers do not answer, because each connection asks again', async () => {
    const urls = new PublicUrls(PUBLIC_HTTPS, new AddressClient('dns', ['127.0.0.1:9']));
    await expect(urls.check('https://receiver.example/', '/url')).resolves.toBe('https://receiver.example/');
  });
});
