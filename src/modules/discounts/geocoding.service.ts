import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Config } from '../../config.js';
import { Cache } from '../../platform/cache/cache.js';
import { HttpClient, jsonOf } from '../../platform/outgoing/http.client.js';
import { placeOfAddress, type Place } from '../../vocabulary/places.js';
import { Geocoded } from './geocoding.wire.js';

const ASK_MS = 5000;
const KEPT_MS = 24 * 3_600_000;
const MAX_BYTES = 256 * 1024;
/** Nearer than the middle of a postal code's area. */
const EXACT: ReadonlySet<string> = new Set(['ROOFTOP', 'RANGE_INTERPOLATED']);

/**
 * Where an address is. Without GOOGLE_API_KEY nobody is asked: it is the middle of the postal code that stands in it. With the key Google is, and the
 * postal code stands in where it does not answer.
 */
@Injectable()
export class GeocodingService {
  constructor(
    private readonly http: HttpClient,
    private readonly cache: Cache,
    private readonly config: Config,
    private readonly log: PinoLogger,
  ) {}

  /** Null where no place is known. */
  async find(address: string): Promise<Place | null> {
    const { GOOGLE_API_KEY: key } = this.config.values;
    const asked = key === undefined ? null : await this.ask(address, key);
    return asked ?? placeOfAddress(address);
  }

  private async ask(address: string, key: string): Promise<Place | null> {
    // Where somebody lives belongs in no key that others may read.
    const digest = createHash('sha256').update(address).digest('base64url');
    return this.cache.once<Place | null>(`geocoded:${digest}`, async () => {
      const place = await this.look(address, key);
      return { value: place, ttlMs: place ? KEPT_MS : 0 };
    });
  }

  private async look(address: string, key: string): Promise<Place | null> {
    const query = new URLSearchParams({ address, components: 'country:DK', key });
    const url = `${this.config.values.GOOGLE_BASE_URL}/maps/api/geocode/json?${query.toString()}`;
    const answer = await this.http.call({ method: 'GET', url, maxBytes: MAX_BYTES }, AbortSignal.timeout(ASK_MS));
    const read = Geocoded.safeParse(answer.ok && answer.status === 200 ? jsonOf(answer.bytes) : null);
    const [found] = read.data?.results ?? [];
    if (found) {
      const { location, location_type: type } = found.geometry;
      return { latitude: location.lat, longitude: location.lng, precision: EXACT.has(type) ? 'point' : 'postal_code' };
    }
    const reason = read.data?.status ?? (answer.ok ? `HTTP ${answer.status}` : answer.kind);
    if (reason !== 'ZERO_RESULTS') this.log.warn({ event: 'geocoding_failed', reason }, 'geocoding_failed');
    return null;
  }
}
