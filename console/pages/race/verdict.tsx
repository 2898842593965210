import type { Outcome, Route } from '../../../sdk/client.js';
import { LinkButton } from '../../kit/parts/controls.js';
import { money, number } from '../../kit/language/format.js';
import { Icon } from '../../kit/parts/icons.js';
import { plainName } from '../../kit/language/provider-names.js';
import { ifsOf, wordFor } from '../../kit/routes/route-words.js';
import { Shares } from '../../kit/routes/shares.js';
import { Empty } from '../../kit/parts/states.js';
import { Card, Pill } from '../../kit/parts/surfaces.js';
import { t } from './words.js';

/** Who won, why, and what would have had another win. */
export function Verdict({ route, outcome }: { route: Route; outcome: Outcome }) {
  const { winner, fallbacks, flipMargins } = outcome;
  if (!winner) {
    return (
      <Card>
        <Empty icon="warn" title={t().noWinner}>
          <ul class="race-failures">
            {outcome.failed.map(({ providerId, reason }) => (
              <li key={providerId}>
                {plainName(providerId)} {wordFor(reason)}
              </li>
            ))}
          </ul>
          <LinkButton to={`/routes/${route.id}`}>{t().openRoute}</LinkButton>
        </Empty>
      </Card>
    );
  }
  const ranked = [winner, ...fallbacks];
  const second = fallbacks[0];
  const minutes = route.quotes.find(({ providerId }) => providerId === winner.providerId)?.deliveryMinutes;
  return (
    <div class="race-verdict">
      <Card kind="race-winner">
        <Icon name="trophy" size={34} />
        <p class="race-winner-name">{winner.providerName}</p>
        <p class="race-winner-price number">
          {money(winner.comparedCents, winner.currency)} <span>{t().allIn}</span>
        </p>
        {minutes && <p class="quiet">{t().minutes(minutes.min, minutes.max)}</p>}
        {winner.missingLines > 0 && (
          <Pill tone="warn" icon="warn">
            {t().missing(winner.missingLines, route.lines[winner.providerId]?.length ?? winner.missingLines)}
          </Pill>
        )}
        <LinkButton to={`/routes/${route.id}`} look="main" icon="route">
          {t().openRoute}
        </LinkButton>
      </Card>
      <Card title={t().whyTitle} icon="trophy">
        <p class="race-why">
          {second && flipMargins
            ? t().ahead(winner.providerName, second.providerName, number(flipMargins.scoreGap * 100, 1))
            : t().alone(winner.providerName)}
        </p>
        <Shares ranked={ranked} label={t().whyTitle} />
      </Card>
      {second && flipMargins && (
        <Card title={t().wouldTitle} icon="again">
          <ul class="race-ifs">
            {ifsOf(flipMargins, outcome).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Card>
      )}
      {route.lateQuotes.length > 0 && (
        <Card title={t().lateTitle} icon="clock">
          <ul class="race-ifs">
            {route.lateQuotes.map((late) => (
              <li key={late.providerId}>{lateSentence(late, winner.currency)}</li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

function lateSentence(
  { providerId, wouldHaveWon, totalDifferenceCents }: Route['lateQuotes'][number],
  currency: string,
): string {
  const name = plainName(providerId);
  if (!wouldHaveWon) return t().lateLost(name);
  return totalDifferenceCents !== null && totalDifferenceCents < 0
    ? t().lateWon(name, money(-totalDifferenceCents, currency))
    : t().lateWonPlain(name);
}
