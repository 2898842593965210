import { lookOf, pathOf } from './look.js';

const look = (query: string) => lookOf(new URLSearchParams(query));

it('keeps what is looked for in the address, and says nothing of what is usual', () => {
  const asked = look('place=Gade+1,+8000+Aarhus&km=10&chains=netto,foetex&open=true&by=time');
  expect(asked).toEqual({
    place: 'Gade 1, 8000 Aarhus',
    radiusKm: '10',
    chains: ['netto', 'foetex'],
    openNow: true,
    by: 'time',
  });
  expect(look(pathOf(asked).split('?')[1]!)).toEqual(asked);
  expect(pathOf(look('place=8000'), '/plan')).toBe('/near/plan?place=8000');
});

it('takes what is usual for what it cannot read', () => {
  expect(look('km=7&by=colour&open=yes&chains=,')).toEqual({
    place: '',
    radiusKm: '5',
    chains: [],
    openNow: false,
    by: 'distance',
  });
});
