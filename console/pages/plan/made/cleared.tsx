import type { Plan } from '../../../../sdk/client.js';
import { LinkButton } from '../../../kit/parts/controls.js';
import { Stops } from '../../../kit/planning/stops.js';
import { Card } from '../../../kit/parts/surfaces.js';
import { t } from '../words.js';

/** What shops nearby clear, shop by shop, where the way to them pays. */
export function Cleared({ planId, cleared }: { planId: string; cleared: NonNullable<Plan['clearances']> }) {
  return (
    <Card title={t().cleared} icon="near">
      <div class="stack">
        <p>{cleared.sentence}</p>
        <Stops cleared={cleared} />
        <LinkButton to={`/near/${planId}`} icon="near">
          {t().clearedMore}
        </LinkButton>
      </div>
    </Card>
  );
}
