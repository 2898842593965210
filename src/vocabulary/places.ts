import { csvRows } from '../common/csv.js';
import { dataFile } from '../platform/data-file.js';
import { once } from './tables.js';

/** Where something is, and how sure that is. Pure. */
export interface Place {
  latitude: number;
  longitude: number;
  /** `postal_code`: the middle of its area, in the country up to 10 km from any house. */
  precision: 'point' | 'postal_code';
}

const DANISH = once(
  () =>
    new Map(
      csvRows(dataFile('danish', 'dk_postcodes.csv')).map(({ nr, lat, lon }) => [
        nr!,
        { latitude: Number(lat), longitude: Number(lon) },
      ]),
    ),
);

/** The place of a Danish postal code ("8000", "DK-8000"); null for one that is none, or of boxes and large receivers alone. Asks nobody. */
export function placeOfPostalCode(postalCode: string): Place | null {
  const [, code] = /^(?:dk[- ]?)?(\d{4})$/i.exec(postalCode.trim()) ?? [];
  const point = code === undefined ? undefined : DANISH().get(code);
  return point ? { ...point, precision: 'postal_code' } : null;
}

/** "45202,39.11,-84.50" a line, in order: searched by halves as it is, for reading 34,000 rows would hold up whoever waits. */
const AMERICAN = once(() => dataFile('vocabulary', 'us_zips.csv'));

function pointOfZip(zip: string): Pick<Place, 'latitude' | 'longitude'> | null {
  const text = AMERICAN();
  for (let [from, to] = [text.indexOf('\n') + 1, text.length]; from < to;) {
    const start = Math.max(from, text.lastIndexOf('\n', (from + to) >> 1) + 1);
    const end = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start);
    const [code, latitude, longitude] = text.slice(start, end).split(',');
    if (code === zip) return { latitude: Number(latitude), longitude: Number(longitude) };
    if (code! < zip) from = end + 1;
    else to = start;
  }
  return null;
}

/** The place of a postal code of a country ("DK", "US"; of a ZIP+4 its ZIP); null for one of another, or that is none. Asks nobody. */
export function placeIn(country: string, postalCode: string): Place | null {
  if (country.toUpperCase() === 'DK') return placeOfPostalCode(postalCode);
  const [, zip] = /^(\d{5})(?:-?\d{4})?$/.exec(postalCode.trim()) ?? [];
  const point = country.toUpperCase() === 'US' && zip !== undefined ? pointOfZip(zip) : null;
  return point ? { ...point, precision: 'postal_code' } : null;
}

/** The place of a Danish address by the postal code in it ("Demogade 1, 8000 Aarhus C"), of several the last; null without one. Asks nobody. */
export function placeOfAddress(address: string): Place | null {
  const codes = [...address.matchAll(/(?<!\d)\d{4}(?!\d)/g)].map(([code]) => code).reverse();
  return codes.map(placeOfPostalCode).find((place) => place !== null) ?? null;
}

const EARTH_KM = 6371.0088;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** As the crow flies, in km. */
export function distanceKm(
  one: Pick<Place, 'latitude' | 'longitude'>,
  other: Pick<Place, 'latitude' | 'longitude'>,
): number {
  const [up, along] = [radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)];
  const across = Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude));
  const half = Math.sin(up / 2) ** 2 + across * Math.sin(along / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}
