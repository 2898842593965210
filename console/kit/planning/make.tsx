import { may } from '../client/session.js';
import { t as words } from '../language/kit-words.js';
import { Button } from '../parts/controls.js';
import { wish } from './asked.js';
import { isReady } from './wish.js';
import { t } from './words.js';

/** Sends the form of a plan, under the form's own words for it; says so where the key may not have one made. */
export function Make({ busy, label }: { busy: boolean; label: string }) {
  const isAllowed = may('plans:write');
  return (
    <>
      <Button type="submit" look="main" icon="plan" busy={busy} disabled={!isReady(wish.value) || !isAllowed}>
        {busy ? t().asking : label}
      </Button>
      {!isAllowed && <p class="quiet">{words().mayLook}</p>}
    </>
  );
}
