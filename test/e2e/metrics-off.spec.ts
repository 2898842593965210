import { startApp, type TestApp } from '../support/app.js';

describe('with ENABLE_METRICS=false', () => {
  let test: TestApp;
  beforeAll(async () => void (test = await startApp({ ENABLE_METRICS: 'false' })), 60_000);
  afterAll(() => test?.close());

  it.each(['/metrics', '/metrics/prometheus', '/metrics/summary'])(
    '%s is not there, in whichever form it is asked for',
    async (path) => {
      for (const accept of ['text/plain', 'application/json', '*/*']) {
        const answer = await fetch(`${test.url}${path}`, { headers: { accept } });
        expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'not_found']);
      }
    },
  );

  it('health is told as ever, and what is asked is done', async () => {
    expect((await fetch(`${test.url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${test.url}/health/detailed`)).status).toBe(200);
    expect((await test.api.get('/v1/offers?postalCode=8000')).status).toBe(200);
  });
});
