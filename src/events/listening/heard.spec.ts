import type { EventEnvelope } from '../event.js';
import { readingOf, type HeardEvent } from './heard.js';
import { Listens, type EventListener } from './on-events.js';

const event = (over: Partial<EventEnvelope> = {}): EventEnvelope => ({
  id: 'evt_1',
  name: 'plan.checked',
  tenantId: 'ten_a',
  subject: 'plan_1',
  sequence: 1,
  time: '',
  traceparent: '',
  data: '{"id":"plan_1","targets":14,"targetsMet":13,"of a later release":true}',
  ...over,
});

describe('an event that is heard', () => {
  it('has its data parsed once for all who hear it, and its text as it was', () => {
    const told = event();
    const heard = readingOf(told) as HeardEvent<'plan.checked'>;
    expect(heard.parsed).toEqual({ id: 'plan_1', targets: 14, targetsMet: 13 });
    expect(heard.data).toBe(told.data);
    expect(readingOf(told)).toBe(heard);
  });

  it.each([
    ['data is not JSON', { data: '{' }],
    ['data does not fit plan.checked', { data: '{"id":"plan_1","targets":"14"}' }],
    ['unknown event name', { name: 'plan.sung' as never }],
    ['an attribute is missing', { subject: '' }],
  ])('is parked when %s', (reason, over) => {
    expect(readingOf(event(over))).toContain(reason);
  });

  it('is typed by the topic of who listens: data of another topic does not compile', () => {
    class OfPlans implements EventListener<'plans.v1'> {
      readonly heard: number[] = [];
      async handle(batch: readonly HeardEvent[]): Promise<void> {
        for (const one of batch) if (one.name === 'plan.checked') this.heard.push(one.parsed.targets);
      }
    }
    Listens({ group: 'of-plans', topic: 'plans.v1', role: 'api', everyInstance: true })(OfPlans);
    // @ts-expect-error a plan's event has no answer of a provider
    const wrong = ({ parsed }: HeardEvent<'plan.checked'>): unknown => parsed.answer;
    expect(wrong(readingOf(event()) as HeardEvent<'plan.checked'>)).toBeUndefined();
  });
});
