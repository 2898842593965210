import { placeFound, placeNamed } from './place.js';

it.each([
  ['8000', { postalCode: '8000' }, { postalCode: '8000' }],
  [' DK-8000 ', { postalCode: '8000' }, { postalCode: '8000' }],
  ['56.152, 10.205', { latitude: 56.152, longitude: 10.205 }, { latitude: 56.152, longitude: 10.205 }],
  ['Demogade 1, 8000 Aarhus C', { address: 'Demogade 1, 8000 Aarhus C' }, { postalCode: '8000' }],
  ['1050 Vej 7, 2200 København N', { address: '1050 Vej 7, 2200 København N' }, { postalCode: '2200' }],
  ['45202', { address: '45202' }, null],
  ['Aarhus', { address: 'Aarhus' }, null],
])('%s is a place', (text, named, found) => expect([placeNamed(text), placeFound(text)]).toEqual([named, found]));
