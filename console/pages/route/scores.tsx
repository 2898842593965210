import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Outcome, RankedQuote, Route, Weights } from '../../../sdk/client.js';
import { client } from '../../kit/client/api.js';
import { Button, Segmented, Slider } from '../../kit/parts/controls.js';
import { number } from '../../kit/language/format.js';
import { ifsOf, wordFor } from '../../kit/routes/route-words.js';
import { Shares } from '../../kit/routes/shares.js';
import { Failed } from '../../kit/parts/states.js';
import { Card } from '../../kit/parts/surfaces.js';
import { t } from './words.js';

const PRESETS = ['balanced', 'price-first', 'speed-first', 'revenue-first'] as const;
type Preset = (typeof PRESETS)[number];
type Wish = { preset: Preset } | { weights: Weights };

/** Weights go in steps of five hundredths up to this; a preset may have more. */
const MOST = 2;
const SETTLE_MS = 120;

interface ScoresProps {
  route: Route;
  outcome: Outcome;
  winner: RankedQuote;
}

/** The points as they were given, and as they would be under other wishes: weighed by the API from the answers that came. */
export function Scores({ route, outcome, winner }: ScoresProps) {
  const wish = useSignal<Wish | null>(null);
  const shown = useSignal<Outcome>(outcome);
  const weights = useSignal<Weights>(weightsOf(winner));
  const error = useSignal<Error | null>(null);

  useEffect(() => {
    const asked = wish.value;
    if (asked === null) {
      shown.value = outcome;
      weights.value = weightsOf(winner);
      error.value = null;
      return;
    }
    const left = new AbortController();
    const timer = setTimeout(() => {
      client.routes.rescore(route.id, asked, { signal: left.signal }).then(
        (answer) => {
          shown.value = answer.wouldBe;
          if ('preset' in asked) weights.value = answer.weights;
          error.value = null;
        },
        (problem: Error) => {
          if (!left.signal.aborted) error.value = problem;
        },
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [wish.value, outcome]);

  const move = (factor: keyof Weights, weight: number) => {
    weights.value = { ...weights.value, [factor]: weight };
    wish.value = { weights: weights.value };
  };
  const { winner: would, fallbacks, flipMargins } = shown.value;
  const chosen = wish.value && 'preset' in wish.value ? wish.value.preset : '';

  return (
    <Card title={t().scores} icon="trophy" kind="route-scores">
      <p class="quiet small route-lead">{t().scoresLead}</p>
      <div class="route-weighing">
        <div class="stack">
          <p class={would?.providerId === winner.providerId ? 'route-would' : 'route-would other'} role="status">
            {wish.value !== null && wouldSay(would, winner)}
          </p>
          <Shares ranked={would ? [would, ...fallbacks] : fallbacks} label={t().scores} />
          {flipMargins && (
            <div>
              <h3>{t().margins}</h3>
              <ul class="route-ifs">
                {ifsOf(flipMargins, shown.value).map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </div>
          )}
        </div>
        <div class="stack route-wishes" role="group" aria-label={t().whatIf}>
          <h3>{t().whatIf}</h3>
          <p class="quiet small">{t().whatIfLead}</p>
          <Segmented<Preset>
            label={t().presets}
            value={chosen}
            choices={PRESETS.map((preset) => ({ value: preset, label: t()[preset] }))}
            onChange={(preset) => {
              if (preset) wish.value = { preset };
            }}
          />
          {(Object.keys(weights.value) as (keyof Weights)[]).map((factor) => (
            <Slider
              key={factor}
              label={wordFor(factor)}
              min={0}
              max={Math.max(MOST, Math.ceil(weights.value[factor]))}
              step={0.05}
              value={weights.value[factor]}
              said={number(weights.value[factor], 2)}
              onInput={(weight) => move(factor, weight)}
            />
          ))}
          <div>
            <Button small icon="again" disabled={wish.value === null} onClick={() => (wish.value = null)}>
              {t().asDecided}
            </Button>
          </div>
          {error.value && <Failed error={error.value} />}
        </div>
      </div>
    </Card>
  );
}

function wouldSay(would: RankedQuote | null, winner: RankedQuote): string {
  if (!would) return t().nobody;
  return would.providerId === winner.providerId ? t().still(would.providerName) : t().instead(would.providerName);
}

const weightsOf = ({ factors }: RankedQuote): Weights => ({
  priority: factors.priority.weight,
  price: factors.price.weight,
  speed: factors.speed.weight,
  commission: factors.commission.weight,
  availability: factors.availability.weight,
  reliability: factors.reliability.weight,
});
