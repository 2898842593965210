import { distanceKm, placeOfPostalCode } from '../../../vocabulary/places.js';
import { Offer } from '../../providers/offer.js';
import { buyableUntil, dayIn, daysAfter, isOpenAt } from './opening.js';
import { toldOffer } from './told-offer.js';
import { keepsDays } from './use-by.js';

const at = (iso: string) => Date.parse(iso);
/** Open 07 to 22 in Denmark, over the night on which summer time begins: closed on the 28th. */
const HOURS = [
  { opensAt: '2026-03-27T06:00:00.000Z', closesAt: '2026-03-27T21:00:00.000Z' },
  { opensAt: '2026-03-29T05:00:00.000Z', closesAt: '2026-03-29T20:00:00.000Z' },
];
const OFFER: Offer = {
  ean: '2000001653401',
  name: 'HK. OKSEKØD 8-12% 400G',
  category: 'Kød og fisk>Hakket kød',
  currency: 'DKK',
  priceCents: 2500,
  regularPriceCents: 3350,
  stock: 8,
  stockUnit: 'each',
  startsAt: '2026-03-26T23:00:00.000Z',
  endsAt: '2026-03-29T21:59:59.000Z',
  updatedAt: '2026-03-27T07:58:00.000Z',
  store: {
    id: 'a',
    name: 'A',
    brand: 'netto',
    street: null,
    postalCode: '8000',
    city: 'Aarhus C',
    latitude: 56.155,
    longitude: 10.208,
    hours: HOURS,
  },
};
const NEAR = { postalCode: '8200' };

describe('an offer near a place', () => {
  it('tells how far, until when, for how long and what it is', () => {
    const told = toldOffer(OFFER, NEAR, at('2026-03-27T09:15:00Z'));
    expect(told).toMatchObject({
      precision: 'postal_code',
      isOpenNow: true,
      mayBeGone: 'unlikely',
      buyBy: '2026-03-29T20:00:00.000Z',
      useBy: { date: '2026-03-27', isAssumed: true },
      read: { food: 'lean ground beef', packGramsOrMl: 400, state: 'fresh' },
    });
    expect(told.distanceKm).toBeGreaterThan(1);
    expect(told.distanceKm).toBeLessThan(6);
    const later = toldOffer(OFFER, { latitude: 56.155, longitude: 10.208, radiusKm: 1 }, at('2026-03-29T20:30:00Z'));
    expect(later).toMatchObject({
      distanceKm: 0,
      precision: 'point',
      isOpenNow: false,
      buyBy: null,
      mayBeGone: 'likely',
    });
  });

  it('says that it is not known where that is so', () => {
    const store = { ...OFFER.store, latitude: null, longitude: null, postalCode: null, hours: null };
    const told = toldOffer(
      { ...OFFER, name: 'XYZ', category: null, updatedAt: null, store },
      NEAR,
      at('2026-03-27T09:15:00Z'),
    );
    expect(told).toMatchObject({
      distanceKm: null,
      precision: null,
      isOpenNow: null,
      mayBeGone: null,
      buyBy: OFFER.endsAt,
    });
    expect(told.read).toMatchObject({ food: null, match: 'none' });
    expect(told.useBy).toEqual({ date: '2026-03-27', isAssumed: true });
  });

  it('is open by moments, over a change of clocks and past midnight', () => {
    const open = (iso: string) => isOpenAt(HOURS, at(iso));
    expect(
      ['2026-03-27T05:59:59Z', '2026-03-27T06:00:00Z', '2026-03-27T20:59:59Z', '2026-03-27T21:00:00Z'].map(open),
    ).toEqual([false, true, true, false]);
    expect(['2026-03-28T12:00:00Z', '2026-03-29T05:00:00Z', '2026-05-01T12:00:00Z'].map(open)).toEqual([
      false,
      true,
      null,
    ]);
    const late = [{ opensAt: '2026-10-24T05:00:00Z', closesAt: '2026-10-24T22:00:00Z' }];
    expect(isOpenAt(late, at('2026-10-24T21:59:00Z'))).toBe(true);
    expect(buyableUntil(late, at('2026-10-24T23:00:00Z'), at('2026-10-24T20:00:00Z'))).toBe(at('2026-10-24T22:00:00Z'));
    expect(buyableUntil(HOURS, at('2026-03-28T12:00:00Z'), at('2026-03-27T22:00:00Z'))).toBeNull();
  });

  it('is closed on days that are told to be, several together too, and nothing is to be had on them', () => {
    const closed = (day: string) => ({ opensAt: `${day}T12:00:00.000Z`, closesAt: `${day}T12:00:00.000Z` });
    const saturday = { opensAt: '2026-04-04T05:00:00.000Z', closesAt: '2026-04-04T20:00:00.000Z' };
    const easter = [closed('2026-04-02'), closed('2026-04-03'), saturday, closed('2026-04-05'), closed('2026-04-06')];
    const open = (iso: string) => isOpenAt(easter, at(iso));
    expect(['2026-04-02T06:00:00Z', '2026-04-03T12:00:00Z', '2026-04-06T12:00:00Z'].map(open)).toEqual([
      false,
      false,
      false,
    ]);
    expect(open('2026-04-04T12:00:00Z')).toBe(true);
    const until = (iso: string, now: string) => buyableUntil(easter, at(iso), at(now));
    expect(until('2026-04-06T21:59:59Z', '2026-04-02T08:00:00Z')).toBe(at(saturday.closesAt));
    expect(until('2026-04-03T21:59:59Z', '2026-04-02T08:00:00Z')).toBeNull();
    expect(until('2026-04-06T21:59:59Z', '2026-04-05T08:00:00Z')).toBeNull();
    expect(buyableUntil([closed('2026-04-02')], at('2026-04-02T21:59:59Z'), at('2026-04-02T08:00:00Z'))).toBeNull();
  });

  it.each([
    ['2026-03-28T23:30:00Z', '2026-03-29'],
    ['2026-03-29T21:59:00Z', '2026-03-29'],
    ['2026-03-29T22:00:00Z', '2026-03-30'],
    ['2026-10-24T22:00:00Z', '2026-10-25'],
    ['2026-10-25T22:59:00Z', '2026-10-25'],
    ['2026-10-25T23:00:00Z', '2026-10-26'],
  ])('has the day of the shop: %s is %s', (iso, day) => expect(dayIn('Europe/Copenhagen', at(iso))).toBe(day));

  it('counts days of the calendar, over both changes of clocks', () => {
    expect([daysAfter('2026-03-28', 2), daysAfter('2026-10-24', 2), daysAfter('2026-12-31', 1)]).toEqual([
      '2026-03-30',
      '2026-10-26',
      '2027-01-01',
    ]);
  });

  it('finds postal codes and no others, with no network, and inside Denmark', () => {
    expect(placeOfPostalCode('DK-8000')).toEqual(placeOfPostalCode(' 8000 '));
    for (const code of ['0999', '9999', '45202', '', '800', 'SW1A'])
      expect([code, placeOfPostalCode(code)]).toEqual([code, null]);
    const [ringkoebing, aarhus] = [placeOfPostalCode('6950')!, placeOfPostalCode('8000')!];
    expect(distanceKm(ringkoebing, aarhus)).toBeGreaterThan(100);
    expect(distanceKm(ringkoebing, aarhus)).toBeLessThan(140);
    expect(distanceKm({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeCloseTo(
      Math.PI * 6371.0088,
      3,
    );
  });

  it('keeps as its kind does, the shortest where unsure', () => {
    expect(keepsDays('Frugt og grønt>Grøntsager', 'fresh')).toBe(2);
    expect(keepsDays('Frost>Grønt og tilbehør', 'frozen')).toBe(30);
    expect(keepsDays('Kød og fisk>Oksekød', 'frozen')).toBe(30);
    expect(keepsDays('Noget andet', 'fresh')).toBe(0);
    expect(keepsDays('Hus og hygiejne', 'none')).toBeNull();
  });
});
