import { viewOf } from './ops-views.js';

describe('what people are told of an answer', () => {
  it('is a line for each provider and window of a scorecard', () => {
    const [hour, day, week] = [{ answers: 1 }, { answers: 24 }, { answers: 168 }];
    expect(
      viewOf('scorecard', { readAt: 't', providers: [{ providerId: 'MEALME', hour, day, week, honesty: null }] }),
    ).toEqual({
      readAt: 't',
      providers: [
        { providerId: 'MEALME', over: 'hour', answers: 1 },
        { providerId: 'MEALME', over: 'day', answers: 24 },
        { providerId: 'MEALME', over: 'week', answers: 168 },
      ],
    });
  });

  it('is a line for each arm and measure of an experiment, its interval in one cell', () => {
    const arms = [
      {
        arm: 'price',
        share: 50,
        stopped: null,
        closed: 9,
        decided: 8,
        decidedAfterMs: { mean: 184.311, difference: { mean: 42.578, low: -38.9, high: 124.06 } },
        confirmedPercent: { mean: null, difference: null },
      },
    ];
    const arm = { id: 'x', running: true, arm: 'price', share: 50, stopped: null, closed: 9, decided: 8 };
    expect(viewOf('experiments', { data: [{ id: 'x', running: true, arms }] })).toEqual({
      data: [
        { ...arm, measure: 'decidedAfterMs', mean: 184.311, difference: '42.58 (-38.9 to 124.06)' },
        { ...arm, measure: 'confirmedPercent', mean: null },
      ],
    });
  });

  it('is what is set since a change, and all of it when it was asked for', () => {
    const settings = { version: 4, production: false, set: { LOOPGPT_QUORUM: '1' }, inForce: { LOOPGPT_QUORUM: '1' } };
    expect(viewOf('quorum', settings)).toEqual({ version: 4, set: { LOOPGPT_QUORUM: '1' } });
    expect(viewOf('reset', { ...settings, set: {} })).toEqual({ version: 4, set: 'nothing over the environment' });
    expect(viewOf('show', settings)).toMatchObject({ inForce: { LOOPGPT_QUORUM: '1' } });
    expect(viewOf('acts', { data: [] })).toEqual({ data: [] });
  });
});
