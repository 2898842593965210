import { byShop, chainsIn, openingOf, savedShare, wantedOf, watchWords, type Offer } from './offers.js';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const in_ = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString();
const STORE = { id: 'a', name: 'Netto', brand: 'netto', hours: null } as unknown as Offer['store'];
const offer = (ean: string, part: Partial<Offer>): Offer =>
  ({ ean, store: STORE, priceCents: 500, regularPriceCents: 1000, endsAt: in_(9), buyBy: in_(9), ...part }) as Offer;
const LOOK = { chains: [], openNow: false, by: 'distance' } as const;
const eans = (offers: Offer[]) => offers.map(({ ean }) => ean);

describe('what is wanted of what is cleared', () => {
  const far = offer('far', { distanceKm: 4, buyBy: in_(1), priceCents: 900, isOpenNow: true });
  const near = offer('near', { distanceKm: 1, buyBy: in_(8), priceCents: 200, isOpenNow: false });
  const unknown = offer('unknown', { distanceKm: null, buyBy: in_(4), isOpenNow: null });
  const all = [far, near, unknown];

  it('stands by distance, time left or saving, and what is not known last', () => {
    expect(eans(wantedOf(all, LOOK, NOW))).toEqual(['near', 'far', 'unknown']);
    expect(eans(wantedOf(all, { ...LOOK, by: 'time' }, NOW))).toEqual(['far', 'unknown', 'near']);
    expect(eans(wantedOf(all, { ...LOOK, by: 'saving' }, NOW))).toEqual(['near', 'unknown', 'far']);
  });

  it('can still be bought, at the chains that are named, and at shops known to be open', () => {
    expect(eans(wantedOf([...all, offer('over', { buyBy: null })], LOOK, Date.parse(in_(2))))).toEqual([
      'near',
      'unknown',
    ]);
    expect(eans(wantedOf(all, { ...LOOK, openNow: true }, NOW))).toEqual(['far']);
    const bilka = offer('bilka', { store: { ...STORE, id: 'b', brand: 'bilka' } });
    expect(eans(wantedOf([...all, bilka], { ...LOOK, chains: ['bilka'] }, NOW))).toEqual(['bilka']);
    expect(chainsIn([...all, bilka])).toEqual(['bilka', 'netto']);
  });

  it('stands shop by shop', () => {
    const other = offer('other', { store: { ...STORE, id: 'b' } });
    expect(byShop([near, other, far]).map(({ offers }) => eans(offers))).toEqual([['near', 'far'], ['other']]);
  });

  it('saves a share of the usual price where one is told', () => {
    expect([near, offer('x', { regularPriceCents: null })].map(savedShare)).toEqual([0.8, null]);
  });
});

it('tells until when a shop is open, or when it opens next', () => {
  const hours = [
    { opensAt: in_(19), closesAt: in_(34) },
    { opensAt: in_(-5), closesAt: in_(10) },
  ];
  expect(openingOf({ ...STORE, hours }, NOW)).toEqual({ isOpen: true, at: in_(10) });
  expect(openingOf({ ...STORE, hours }, NOW + 12 * 3_600_000)).toEqual({ isOpen: false, at: in_(19) });
  expect([openingOf(STORE, NOW), openingOf({ ...STORE, hours }, NOW + 40 * 3_600_000)]).toEqual([null, null]);
});

it.each([
  ['DEMO SKYR 1 KG', 'demo skyr'],
  ['HK. OKSEKØD 8-12% 400G', 'hk oksekød'],
  ['ØKO GULERØDDER 1 KG', 'øko gulerødder'],
  ['Æg 10 stk', 'æg'],
  ['Letmælk 1,5% 1 L', 'letmælk'],
])('finds %s elsewhere by “%s”', (name, words) => expect(watchWords(name)).toBe(words));
