import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { HttpClient, jsonOf } from './http.client.js';

describe('outside HTTP', () => {
  const client = new HttpClient();
  const servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(
      servers.splice(0).map((server) => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      }),
    );
  });
  afterAll(() => client.close());

  async function urlOf(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }
  const get = (url: string, { ms = 5000, maxBytes }: { ms?: number; maxBytes?: number } = {}) =>
    client.call({ method: 'GET', url, ...(maxBytes ? { maxBytes } : {}) }, AbortSignal.timeout(ms));

  it('answers status, headers and bytes, decompressed', async () => {
    const url = await urlOf((_request, response) => {
      response.writeHead(418, { 'content-encoding': 'gzip', 'x-nonce': '1' }).end(gzipSync('{"a":1}'));
    });
    const answer = await get(url);
    expect(answer).toMatchObject({ ok: true, status: 418, headers: { 'x-nonce': '1' } });
    expect(answer.ok && jsonOf(answer.bytes)).toEqual({ a: 1 });
  });

  it('stops at its bound, also when a small answer would unpack to a large one', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    const url = await urlOf((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    expect(await get(url, { maxBytes: 1024 * 1024 })).toMatchObject({ ok: false, kind: 'too_large' });
  });

  it('ends an answer that drips at the signal, whenever bytes came last', async () => {
    const url = await urlOf((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    expect(await get(url, { ms: 200 })).toMatchObject({ ok: false, kind: 'timeout' });
  });

  it('follows no redirect', async () => {
    let calls = 0;
    const url = await urlOf((_request, response) => {
      calls++;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect(await get(url)).toMatchObject({ ok: true, status: 302 });
    expect(calls).toBe(1);
  });

  it('tells refused, reset, truncated and garbage apart, without a word of the request', async () => {
    const closed = await urlOf(() => undefined);
    servers[0]!.close();
    expect(await get(closed)).toMatchObject({ ok: false, kind: 'refused' });
    const reset = await urlOf((request) => request.socket.resetAndDestroy());
    expect(await get(`${reset}?api_key=secret`)).toEqual({
      ok: false,
      kind: 'reset',
      detail: expect.not.stringContaining('secret'),
    });
    const short = await urlOf((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await get(short)).toMatchObject({ ok: false });
    expect(jsonOf(Buffer.from('{"a":'))).toBeUndefined();
  });
});
