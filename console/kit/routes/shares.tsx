import type { RankedQuote } from '../../../sdk/client.js';
import { number } from '../language/format.js';
import { wordFor } from './route-words.js';

/** The factors in the order in which they are drawn everywhere, so that each keeps its hue. */
export const FACTORS = ['priority', 'price', 'speed', 'commission', 'availability', 'reliability', 'history'] as const;

interface SharesProps {
  ranked: readonly RankedQuote[];
  /** Said of the list as a whole. */
  label: string;
}

/** What each factor adds to each score, stacked to the score. */
export function Shares({ ranked, label }: SharesProps) {
  const most = Math.max(...ranked.map(({ score }) => score), 0.001);
  const used = FACTORS.filter((factor) => ranked.some(({ factors }) => (factors[factor]?.contribution ?? 0) > 0));
  return (
    <div class="shares">
      <ol aria-label={label}>
        {ranked.map((quote) => (
          <li key={quote.providerId}>
            <p>
              <b>{quote.providerName}</b> <span class="number">{number(quote.score * 100, 1)}</span>
            </p>
            <div class="shares-bar" style={{ width: `${(quote.score / most) * 100}%` }}>
              {used.map((factor) => {
                const share = quote.factors[factor]?.contribution ?? 0;
                return (
                  <i
                    key={factor}
                    class={`factor-${FACTORS.indexOf(factor) + 1}`}
                    style={{ flexGrow: share * 100 }}
                    title={`${wordFor(factor)} ${number(share * 100, 1)}`}
                  />
                );
              })}
            </div>
            <span class="unseen">
              {used
                .map((factor) => `${wordFor(factor)} ${number((quote.factors[factor]?.contribution ?? 0) * 100, 1)}`)
                .join(', ')}
            </span>
          </li>
        ))}
      </ol>
      <ul class="shares-legend" aria-hidden="true">
        {used.map((factor) => (
          <li key={factor}>
            <i class={`factor-${FACTORS.indexOf(factor) + 1}`} />
            {wordFor(factor)}
          </li>
        ))}
      </ul>
    </div>
  );
}
