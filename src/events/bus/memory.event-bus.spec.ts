import type { EventEnvelope } from '../event.js';
import { MemoryEventBus } from './memory.event-bus.js';

const EVENT: EventEnvelope = {
  id: 'evt_1',
  name: 'plan.checked',
  tenantId: 'ten_a',
  subject: 'plan_1',
  sequence: 1,
  time: '',
  traceparent: '',
  data: '{}',
};

describe('the bus inside one process', () => {
  it('keeps what is published before its listeners have joined, and says that it is safe only once they heard it', async () => {
    const bus = new MemoryEventBus();
    let isSafe = false;
    const published = bus.publish([EVENT]).then(() => (isSafe = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isSafe).toBe(false);
    const heard: string[] = [];
    await bus.subscribe([
      {
        topic: 'plans.v1',
        group: 'late',
        everyInstance: false,
        restMs: 0,
        handle: async (batch) => void heard.push(...batch.map(({ id }) => id)),
      },
    ]);
    await published;
    expect(heard).toEqual(['evt_1']);
  });
});
