import fc from 'fast-check';
import { bodyOf, type EventEnvelope } from '../../events/event.js';
import { frameOf } from './sse.js';

describe('a frame', () => {
  it('gives a client the body as it is, whatever white space the stored text has', () => {
    const spaced = fc.json().map((text) => text.replaceAll('[', '[\n\t').replaceAll(',', ',\n\n '));
    fc.assert(
      fc.property(spaced, fc.integer({ min: 1, max: 2 ** 31 - 1 }), (data, sequence) => {
        const event = { id: 'evt_1', name: 'route.decided', time: '', sequence, data } as EventEnvelope;
        const lines = frameOf(event).split('\n');
        expect(lines.slice(0, 2)).toEqual([`id: ${sequence}`, 'event: route.decided']);
        expect(lines.slice(-2)).toEqual(['', '']);
        const fields = lines.slice(2, -2);
        expect(fields.every((line) => line.startsWith('data: '))).toBe(true);
        expect(fields.map((line) => line.slice('data: '.length)).join('\n')).toBe(bodyOf(event));
      }),
    );
  });
});
