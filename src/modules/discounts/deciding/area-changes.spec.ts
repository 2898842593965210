import { offer } from '../../../../test/support/clearances.js';
import { changesIn, hasChanged, toldOf, type AreaChanges } from './area-changes.js';

const NOW = Date.parse('2026-03-27T10:00:00Z');
const ALL = { chains: null, words: null };
const none = { failed: [] };
const { store } = offer();

describe('what changes in an area', () => {
  const [one, two, far] = [
    offer(),
    offer({ ean: '2', name: 'SKYR 1 KG', distanceKm: 2 }),
    offer({ ean: '3', distanceKm: 9, store: { ...store, id: 'far', name: 'Far', brand: 'foetex' } }),
  ];
  const first = changesIn([], { offers: [far, two, one], ...none }, ALL, NOW);
  const eans = ({ came, changed, went }: AreaChanges) => [
    came.map(({ ean }) => ean),
    changed.map(({ now }) => now.ean),
    went.map(({ ean }) => ean),
  ];

  it('is all that runs there at first, the nearest first', () => {
    expect(eans(first)).toEqual([[one.ean, two.ean, far.ean], [], []]);
    expect(first.known).toHaveLength(3);
  });

  it('is what came, costs another price, or went: nothing where only the stock fell', () => {
    const same = changesIn(first.known, { offers: [{ ...one, stock: 1 }, two, far], ...none }, ALL, NOW);
    expect([eans(same), hasChanged(same)]).toEqual([[[], [], []], false]);
    const new4 = offer({ ean: '4' });
    const later = changesIn(same.known, { offers: [{ ...one, priceCents: 1900 }, new4, far], ...none }, ALL, NOW);
    expect(eans(later)).toEqual([['4'], [one.ean], ['2']]);
    expect(toldOf(later)).toMatchObject({
      changed: [{ priceCents: 1900, wasCents: 2500, stock: 10, store: { id: 'one', name: 'One' } }],
      went: [{ ean: '2', name: 'SKYR 1 KG', priceCents: 2500, endsAt: two.endsAt }],
      more: { came: 0, changed: 0, went: 0 },
    });
    const again = changesIn(later.known, { offers: [{ ...one, priceCents: 1900 }, new4, far], ...none }, ALL, NOW);
    expect(hasChanged(again)).toBe(false);
  });

  it('is told of the same goods in another store by themselves', () => {
    const elsewhere = { ...one, store: { ...store, id: 'else' } };
    expect(eans(changesIn(first.known, { offers: [elsewhere, two, far], ...none }, ALL, NOW))).toEqual([
      [one.ean],
      [],
      [one.ean],
    ]);
  });

  it('is only of the chains and words that are wanted', () => {
    const found = { offers: [one, two, far], ...none };
    expect(eans(changesIn([], found, { chains: ['Føtex'], words: null }, NOW))[0]).toEqual(['3']);
    expect(eans(changesIn([], found, { chains: null, words: 'skyr' }, NOW))[0]).toEqual(['2']);
    expect(eans(changesIn([], found, { chains: null, words: 'skyr kylling' }, NOW))[0]).toEqual([]);
  });

  it('is not that a source was not heard: what it said stays until its end', () => {
    const failed = [{ sourceId: 'SALLING' as const, reason: 'timeout', detail: '' }];
    const unheard = changesIn(first.known, { offers: [], failed }, ALL, NOW);
    expect([hasChanged(unheard), unheard.known]).toEqual([false, first.known]);
    const ended = changesIn(first.known, { offers: [], failed }, ALL, Date.parse(one.endsAt));
    expect([ended.went.length, ended.known]).toEqual([3, []]);
  });

  it('is followed of the nearest thousand, and nothing that is still there ever went for its distance', () => {
    const many = Array.from({ length: 1200 }, (_, at) => offer({ ean: String(at), distanceKm: at / 100 }));
    const full = changesIn([], { offers: many, ...none }, ALL, NOW);
    expect([full.came.length, full.known.length, full.came.at(-1)!.ean]).toEqual([1000, 1000, '999']);
    expect(toldOf(full)).toMatchObject({ more: { came: 950, changed: 0, went: 0 } });
    expect(toldOf(full).came).toHaveLength(50);
    const nearer = offer({ ean: 'near', distanceKm: 0 });
    expect(hasChanged(changesIn(full.known, { offers: [nearer, ...many], ...none }, ALL, NOW))).toBe(false);
    const room = changesIn(full.known, { offers: [nearer, ...many.slice(1)], ...none }, ALL, NOW);
    expect(eans(room)).toEqual([['near'], [], ['0']]);
  });
});
