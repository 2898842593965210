import { csvRows } from '../common/csv.js';
import { dataFile } from '../platform/data-file.js';
import { distanceKm, placeIn, placeOfAddress, placeOfPostalCode } from './places.js';

describe('a place', () => {
  it('is where its postal code is, in Denmark and the United States', () => {
    expect(placeIn('DK', 'DK-8000')).toEqual(placeOfPostalCode('8000'));
    expect(placeIn('us', '45202-1234')).toEqual({ latitude: 39.11, longitude: -84.5, precision: 'postal_code' });
    const [york, angeles] = [placeIn('US', '10001')!, placeIn('US', '90001')!];
    expect(Math.round(distanceKm(york, angeles) / 100)).toBe(39);
    expect([placeIn('US', '00000'), placeIn('US', '1000'), placeIn('SE', '11120'), placeIn('DK', '45202')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('is found for every ZIP code of the table, the first and the last, too', () => {
    const rows = csvRows(dataFile('vocabulary', 'us_zips.csv'));
    const wrong = rows.filter(({ zip, lat, lon }) => {
      const place = placeIn('US', zip!);
      return place?.latitude !== Number(lat) || place.longitude !== Number(lon);
    });
    expect(rows.length).toBeGreaterThan(30_000);
    expect(wrong).toEqual([]);
  });

  it('is read from an address by the last postal code in it', () => {
    expect(placeOfAddress('Demogade 1234, 8000 Aarhus C')).toEqual(placeOfPostalCode('8000'));
    expect(placeOfAddress('8000 Aarhus, 1. sal')).toEqual(placeOfPostalCode('8000'));
    expect(placeOfAddress('Demogade 1')).toBeNull();
    expect(placeOfAddress('phone 80001234')).toBeNull();
  });
});
