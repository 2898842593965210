import fc from 'fast-check';
import { bodyOf, type EventEnvelope } from '../../../events/event.js';
import { MessageBudget, eventText, mayConnect, readMessage, speaksOurs, subjectIn } from './socket-messages.js';

const ROUTE = 'req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9';

describe('the messages of a WebSocket', () => {
  it('are read with what they leave out', () => {
    expect(readMessage(`{"type":"subscribe","subject":"${ROUTE}"}`)).toEqual({
      type: 'subscribe',
      subject: ROUTE,
      after: 0,
      stay: false,
    });
    expect(readMessage(`{"type":"unsubscribe","subject":"${ROUTE}"}`)).toEqual({ type: 'unsubscribe', subject: ROUTE });
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '7'],
    ['no known type', `{"type":"publish","subject":"${ROUTE}"}`],
    ['the id of something else', '{"type":"subscribe","subject":"ep_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9"}'],
    ['no id', '{"type":"subscribe","subject":"req_"}'],
    ['a place that is none', `{"type":"subscribe","subject":"${ROUTE}","after":-1}`],
    ['an API key for a token', `{"type":"subscribe","subject":"${ROUTE}","token":"lgc_live_x"}`],
    ['a field we do not know', `{"type":"subscribe","subject":"${ROUTE}","tenant":"ten_b"}`],
  ])('are refused with %s', (_, text) => {
    expect(() => readMessage(text)).toThrow(expect.objectContaining({ code: 'request_invalid' }));
  });

  it('never throw anything else, and name their subject when they can', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => readMessage(text)).toThrow(expect.objectContaining({ code: 'request_invalid' }));
        expect(subjectIn(text)).toBeNull();
      }),
    );
    expect(subjectIn(`{"subject":"${ROUTE}","after":"x"}`)).toBe(ROUTE);
  });

  it('have in them the very bytes of the event', () => {
    fc.assert(
      fc.property(fc.json(), (data) => {
        const event = { id: 'evt_1', name: 'route.decided', subject: ROUTE, time: '', sequence: 1, data };
        const text = eventText(event as EventEnvelope);
        expect(text).toContain(bodyOf(event as EventEnvelope));
        expect(JSON.parse(text)).toMatchObject({ type: 'event', subject: ROUTE, event: { sequence: 1 } });
      }),
    );
  });
});

describe('a connection', () => {
  it('is opened to programs, and to pages of the origins that may call the API', () => {
    expect(mayConnect(undefined, [])).toBe(true);
    expect(mayConnect('https://shop.example', ['https://shop.example'])).toBe(true);
    for (const origin of ['https://evil.example', 'null', '', 'https://shop.example.evil.example']) {
      expect(mayConnect(origin, ['https://shop.example'])).toBe(false);
    }
  });

  it('speaks our protocol or is not asked for any', () => {
    for (const offered of [undefined, 'loopgpt.v1', 'graphql-ws, loopgpt.v1,lgt_x.y']) {
      expect(speaksOurs(offered)).toBe(true);
    }
    for (const offered of ['', 'graphql-ws', 'loopgpt.v2', 'lgt_loopgpt.v1']) expect(speaksOurs(offered)).toBe(false);
  });

  it('may say much at once and little for long', () => {
    const budget = new MessageBudget(0);
    const said = (now: number, times: number) => Array.from({ length: times }, () => budget.spend(now));
    expect(said(0, 300)).not.toContain(false);
    expect(said(0, 1)).toEqual([false]);
    expect(said(100, 4)).toEqual([true, true, true, false]);
    expect(said(3_600_000, 301).lastIndexOf(true)).toBe(299);
  });
});
