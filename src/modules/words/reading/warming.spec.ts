import fs from 'node:fs';
import { readWords } from './read-words.js';
import { WARMING } from './warming.js';

const LATER = [
  'add 3 tins of tomatos and remove the eggs, nothing with nuts, we are vegan',
  'swap kale for brocoli and tell me what it costs at Target',
  'to liter mælk, en pose kartofler og slet osten',
];

describe('WARMING', () => {
  it('leaves no table to be read by the sentences that come', () => {
    const reading = jest.spyOn(fs, 'readFileSync');
    for (const step of WARMING) step();
    expect(reading).toHaveBeenCalled();
    reading.mockClear();
    for (const text of LATER) readWords(text);
    expect(reading.mock.calls.map(([path]) => String(path))).toEqual([]);
  });
});
