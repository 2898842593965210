import { ADULT, planRequest } from '../../../../../test/support/plan-request.js';
import { randomOf } from '../../../../common/random.js';
import { shippedLibrary } from '../../../nutrition/library.js';
import { Effort } from '../effort.js';
import { kitchenOf } from '../kitchen/kitchen.js';
import type { Person } from '../plan.js';
import { misfitOfAll, partyOf } from './misfit.js';

const ATHLETE: Person = { ...ADULT, id: 'p2', sex: 'male', weightKg: 85, activity: 'very_active' };

describe('what measured days taught about others', () => {
  const request = planRequest({
    days: 1,
    mealsPerDay: 4,
    people: [ADULT, ATHLETE],
    micronutrients: ['iron_mg'],
    seed: 4,
  });
  const kitchen = kitchenOf(request, shippedLibrary());
  const random = randomOf(7);
  const anyDay = () => kitchen.dishes.map((menu) => menu[Math.floor(random() * menu.length)]!);

  it.each(['party', 'strictParty'] as const)('never rules out a day that is good enough (%s)', (name) => {
    const { eaters } = kitchen[name];
    const learnt = partyOf(eaters, kitchen.dishes.flat().length, new Effort());
    let ruledOut = 0;
    for (let round = 0; round < 400; round++) {
      const day = anyDay();
      const misfit = misfitOfAll(partyOf(eaters, kitchen.dishes.flat().length, new Effort()), day);
      for (const share of [0.01, 0.5, 0.9]) if (learnt.cuts.exceed(day, misfit * share)) ruledOut++;
      expect(learnt.cuts.exceed(day, misfit * (1 + 1e-9) + 1e-9)).toBe(false);
      misfitOfAll(learnt, day);
    }
    expect(ruledOut).toBeGreaterThan(400);
  });
});
