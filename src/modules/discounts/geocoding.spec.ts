import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PinoLogger } from 'nestjs-pino';
import { readConfig } from '../../read-config.js';
import { MemoryCache } from '../../platform/cache/memory.cache.js';
import { HttpClient } from '../../platform/outgoing/http.client.js';
import { placeOfPostalCode } from '../../vocabulary/places.js';
import { GeocodingService } from './geocoding.service.js';

const ADDRESS = 'Demogade 1, 8000 Aarhus C';
const KEY = 'canary-of-google';

describe('where an address is', () => {
  const said: string[] = [];
  const asked: URL[] = [];
  const http = new HttpClient();
  let server: Server;
  let answer: { status: number; body: object };
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(new URL(request.url!, 'http://any'));
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await http.close();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => void [asked.splice(0), said.splice(0)]);

  function service(key: string | null): GeocodingService {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const config = readConfig({
      LOOPGPT_ENV: 'test',
      DATABASE_URL: 'postgres://x@127.0.0.1/x',
      GOOGLE_BASE_URL: url,
      ...(key === null ? {} : { GOOGLE_API_KEY: key }),
    });
    const log = { warn: (fields: object) => void said.push(JSON.stringify(fields)) } as unknown as PinoLogger;
    return new GeocodingService(http, new MemoryCache(), config, log);
  }
  const found = (location_type: string) => ({
    status: 200,
    body: { status: 'OK', results: [{ geometry: { location: { lat: 56.1567, lng: 10.2108 }, location_type } }] },
  });

  it('is the middle of its postal code, and nobody is asked, without a key', async () => {
    expect(await service(null).find(ADDRESS)).toEqual(placeOfPostalCode('8000'));
    expect(asked).toEqual([]);
  });

  it('is the house itself with one, asked for once', async () => {
    answer = found('ROOFTOP');
    const places = service(KEY);
    expect(await places.find(ADDRESS)).toEqual({ latitude: 56.1567, longitude: 10.2108, precision: 'point' });
    await places.find(ADDRESS);
    expect(asked.map(({ searchParams }) => [searchParams.get('address'), searchParams.get('key')])).toEqual([
      [ADDRESS, KEY],
    ]);
    answer = found('APPROXIMATE');
    expect(await service(KEY).find(ADDRESS)).toMatchObject({ precision: 'postal_code' });
  });

  it.each([
    [{ status: 200, body: { status: 'REQUEST_DENIED', results: [] } }, 'REQUEST_DENIED'],
    [{ status: 500, body: {} }, 'HTTP 500'],
    [{ status: 200, body: { results: 'odd' } }, 'HTTP 200'],
  ])('is the postal code’s again where Google says %j, and no key or address is logged', async (odd, reason) => {
    answer = odd;
    expect(await service(KEY).find(ADDRESS)).toEqual(placeOfPostalCode('8000'));
    expect(said).toEqual([JSON.stringify({ event: 'geocoding_failed', reason })]);
  });
});
