import { stepsOf } from './progress.js';

it('tells how far a plan is by what was announced, also where a step was not', () => {
  const states = (...types: string[]) =>
    stepsOf(types.map((type) => ({ type, data: {} })) as never).map(({ state }) => state);
  expect(states()).toEqual(['now', 'ahead', 'ahead', 'ahead']);
  expect(states('plan.drafted')).toEqual(['done', 'now', 'ahead', 'ahead']);
  expect(states('plan.priced')).toEqual(['done', 'done', 'done', 'now']);
});
