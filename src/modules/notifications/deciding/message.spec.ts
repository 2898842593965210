import fc from 'fast-check';
import type { EventEnvelope } from '../../../events/event.js';
import { messageOf } from './message.js';

const event = (data: string): EventEnvelope => ({
  id: 'evt_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9',
  name: 'route.decided',
  tenantId: 'ten_a',
  subject: 'req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9',
  sequence: 1,
  time: '2026-11-24T12:00:00.123Z',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  data,
});

describe('webhook message', () => {
  it('is id, type, subject, time, sequence and data: what Standard Webhooks recommends and what tells it apart', () => {
    expect(JSON.parse(messageOf(event('{"id":"req_1"}')).body)).toEqual({
      id: 'evt_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9',
      type: 'route.decided',
      subject: 'req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9',
      timestamp: '2026-11-24T12:00:00.123Z',
      sequence: 1,
      data: { id: 'req_1' },
    });
  });

  it('holds the event’s data as the very text it is, and the same bytes whenever it is built', () => {
    fc.assert(
      fc.property(fc.json(), (data) => {
        const { body } = messageOf(event(data));
        expect(body.endsWith(`"data":${data}}`)).toBe(true);
        expect(JSON.parse(body).data).toEqual(JSON.parse(data));
        expect(messageOf(event(data)).body).toBe(body);
      }),
    );
    expect(messageOf(event('{"totalCents": 1.0e2 , "b":1,"a":2}')).body).toContain(
      '{"totalCents": 1.0e2 , "b":1,"a":2}',
    );
  });
});
