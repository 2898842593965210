import { request } from 'undici';
import { ERRORS } from '../../src/errors.js';
import { startApp, type TestApp } from '../support/app.js';

describe('the pages of problems', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp();
  }, 60_000);
  afterAll(() => test?.close());

  const read = async (path: string, accept: string) => {
    const answer = await request(test.url + path, { headers: { accept } });
    return { status: answer.statusCode, type: String(answer.headers['content-type']), text: await answer.body.text() };
  };

  it('are where every type leads to, for a program and for a browser', async () => {
    for (const [code, [status, meaning]] of Object.entries(ERRORS)) {
      const json = await read(`/docs/errors/${code}`, '*/*');
      expect([json.status, json.type]).toEqual([200, 'application/json; charset=utf-8']);
      expect(JSON.parse(json.text)).toMatchObject({ code, status, meaning, type: `/docs/errors/${code}` });
      const html = await read(`/docs/errors/${code}`, 'text/html,application/xhtml+xml,*/*;q=0.8');
      expect([html.status, html.type]).toEqual([200, 'text/html; charset=utf-8']);
      expect(html.text).toContain(code);
    }
    const all = await read('/docs/errors', 'text/html');
    for (const code of Object.keys(ERRORS)) expect(all.text).toContain(`href="/docs/errors/${code}"`);
  });

  it('are led to by a problem that is met', async () => {
    const { body } = await test.api.get('/v1/routes/nonsense');
    expect(JSON.parse((await read(body.type, 'application/json')).text)).toMatchObject({
      code: 'route_not_found',
      status: 404,
    });
    expect((await read('/docs/errors/nonsense', 'text/html')).status).toBe(404);
    expect((await read('/docs', 'text/html')).status).toBe(200);
  });
});
