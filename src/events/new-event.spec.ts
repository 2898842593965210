import { NewEvent } from './new-event.js';
import { Outbox } from './outbox.js';

const CHECKED = { id: 'plan_1', targets: 14, targetsMet: 13 };

describe('an event of the outbox', () => {
  it('carries the JSON text of what is told, under an id of its own', () => {
    const told = NewEvent.of('plan.checked', CHECKED);
    expect(told).toMatchObject({ name: 'plan.checked', data: JSON.stringify(CHECKED) });
    expect(told.id).not.toBe(NewEvent.of('plan.checked', CHECKED).id);
  });

  it('does not compile under a name that is not in the catalogue, or with data that is not of its name', () => {
    const wrong = [
      // @ts-expect-error a misspelt name
      () => NewEvent.of('plan.chekced', CHECKED),
      // @ts-expect-error a field is missing
      () => NewEvent.of('plan.checked', { id: 'plan_1', targets: 14 }),
      // @ts-expect-error a field of another type
      () => NewEvent.of('plan.checked', { ...CHECKED, targets: '14' }),
      // @ts-expect-error a field that the event does not have
      () => NewEvent.of('plan.checked', { id: 'plan_1', targets: 14, targetsMet: 13, cents: 3 }),
      // @ts-expect-error data of another event
      () => NewEvent.of('route.decided', CHECKED),
      // @ts-expect-error an event that is never a row
      () => NewEvent.of('quote.received', { routeId: 'req_1', answer: {} }),
      // @ts-expect-error nothing but `of` makes one
      (): NewEvent => ({ id: 'evt_1', name: 'plan.checked', data: '{}' }),
      // @ts-expect-error the same where it is appended
      (outbox: Outbox) => outbox.append({} as never, 'plan.checked', {} as never, { id: 'plan_1' }),
    ];
    expect(wrong).toHaveLength(8);
  });
});
