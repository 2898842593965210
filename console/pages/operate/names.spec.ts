import { changesOf, samplesOf, switchOf } from './names.js';

const TEXT = [
  '# HELP loopgpt_queue_oldest_waiting_seconds …',
  'loopgpt_queue_oldest_waiting_seconds{queue="plans"} 12.5',
  'loopgpt_queue_oldest_waiting_seconds{queue="a,b",role="x"} 0',
  'loopgpt_outbox_pending 3',
].join('\n');

describe('what operators see', () => {
  it('knows the switch of a provider', () => {
    expect(['KROGER_API', 'MEALME'].map(switchOf)).toEqual(['LOOPGPT_ENABLE_KROGER', 'LOOPGPT_ENABLE_MEALME']);
  });

  it('reads one metric out of many, with its labels or without', () => {
    expect(samplesOf(TEXT, 'loopgpt_queue_oldest_waiting_seconds')).toEqual([
      { labels: { queue: 'plans' }, value: 12.5 },
      { labels: { queue: 'a,b', role: 'x' }, value: 0 },
    ]);
    expect(samplesOf(TEXT, 'loopgpt_outbox_pending')).toEqual([{ labels: {}, value: 3 }]);
    expect(samplesOf(TEXT, 'loopgpt_queue')).toEqual([]);
  });

  it('tells of an act only what it changed', () => {
    expect(changesOf({ A: '1', B: '2' }, { B: '3', C: '4', A: '1' })).toEqual([
      { name: 'B', from: '2', to: '3' },
      { name: 'C', from: null, to: '4' },
    ]);
  });
});
