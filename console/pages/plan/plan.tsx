import { client } from '../../kit/client/api.js';
import { useLoad } from '../../kit/client/loading.js';
import type { PageProps } from '../../kit/frame/page.js';
import { place } from '../../kit/frame/router.js';
import { Shown } from '../../kit/parts/states.js';
import { Making } from '../../kit/planning/making.js';
import { Form } from './form.js';
import { Impossible } from './impossible.js';
import { Made } from './made/made.js';
import { Cook } from './made/recipe.js';

/** Wishes become a plan, which has an address of its own; a meal of it has one, too. */
export default function PlanPage({ params }: PageProps) {
  return params.id ? <One key={params.id} id={params.id} /> : <Form />;
}

function One({ id }: { id: string }) {
  const plan = useLoad(id, (signal) => client.plans.get(id, { signal }));
  const meal = place.value.query.get('meal');
  return (
    <Shown of={plan} rows={8}>
      {(value) => {
        if (value.status === 'open') return <Making plan={value} read={plan.again} />;
        if (value.status !== 'completed') return <Impossible plan={value} />;
        return meal ? <Cook plan={value} meal={meal} /> : <Made plan={value} />;
      }}
    </Shown>
  );
}
