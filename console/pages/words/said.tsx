import type { Cart } from '../../../sdk/client.js';
import { percent } from '../../kit/language/format.js';
import { piecesOf, type Piece } from './spans.js';
import { t } from './words.js';

/** What was typed, each piece in the colour of what it was read as. */
export function Said({ cart }: { cart: Cart }) {
  const pieces = piecesOf(cart);
  const roles = [...new Set(pieces.map(({ role }) => role))].filter((role) => role !== 'filler');
  return (
    <div class="words-said">
      <p lang={cart.language ?? undefined}>
        <span class="unseen">{t().you}: </span>
        {pieces.map((piece, at) => (
          <span key={at} class={`words-${piece.role}`} title={readOf(piece)}>
            {piece.text}
          </span>
        ))}
      </p>
      {roles.length > 0 && (
        <ul class="words-roles" aria-label={t().roles}>
          {roles.map((role) => (
            <li key={role}>
              <i class={`words-${role}`} aria-hidden="true" />
              {t()[`role_${role}`]}
              <span class="unseen">
                :{' '}
                {pieces
                  .filter((piece) => piece.role === role)
                  .map(({ text }) => text)
                  .join(', ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function readOf({ role, confidence, by }: Piece): string | undefined {
  if (role === 'filler') return undefined;
  const how = (t() as Record<string, unknown>)[`by_${by}`];
  return [t()[`role_${role}`], confidence === null ? '' : t().sure(percent(confidence)), how]
    .filter(Boolean)
    .join(', ');
}
