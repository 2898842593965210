import type { ReadonlySignal } from '@preact/signals';
import type { Outcome } from '../../../sdk/client.js';
import { duration, money } from '../../kit/language/format.js';
import { Icon, type IconName } from '../../kit/parts/icons.js';
import { wordFor } from '../../kit/routes/route-words.js';
import { lengthOf, standingOf, ticksOf, type Lane, type Standing } from './lanes.js';
import { t } from './words.js';

interface TrackProps {
  lanes: readonly Lane[];
  clock: ReadonlySignal<number>;
  endMs: number | null;
  deadlineMs: number;
  outcome: Outcome | null;
}

/** The lanes side by side, with the moments of the decision and of the deadline across them. */
export function Track({ lanes, clock, endMs, deadlineMs, outcome }: TrackProps) {
  const ms = clock.value;
  const length = lengthOf(ms, endMs);
  const at = (moment: number) => `${Math.min(100, (moment / length) * 100)}%`;
  const isDecided = outcome !== null && ms >= outcome.decidedAfterMs;
  return (
    <div class="track">
      <ol aria-label={t().lanes}>
        {lanes.map((lane, index) => (
          <LaneRow key={lane.id} {...{ lane, index, ms, at, outcome }} />
        ))}
      </ol>
      <div class="track-marks" aria-hidden="true">
        {isDecided && (
          <div class="mark-line decided" style={{ left: at(outcome.decidedAfterMs) }}>
            <span>{t().decidedMark}</span>
          </div>
        )}
        {deadlineMs <= length && (
          <div class="mark-line deadline" style={{ left: at(deadlineMs) }}>
            <span>{t().deadlineMark(duration(deadlineMs))}</span>
          </div>
        )}
      </div>
      <div class="track-scale" aria-hidden="true">
        {ticksOf(length * 0.96).map((tick) => (
          <span key={tick} style={{ left: at(tick) }}>
            {duration(tick)}
          </span>
        ))}
      </div>
      {deadlineMs > length && (
        <p class="quiet small track-deadline">
          <Icon name="clock" size={15} /> {t().deadlineMark(duration(deadlineMs))}
        </p>
      )}
    </div>
  );
}

const ICONS: Readonly<Partial<Record<Standing, IconName>>> = {
  won: 'trophy',
  landed: 'check',
  late: 'clock',
  failed: 'cross',
  link: 'link',
};

interface RowProps {
  lane: Lane;
  index: number;
  ms: number;
  at: (ms: number) => string;
  outcome: Outcome | null;
}

function LaneRow({ lane, index, ms, at, outcome }: RowProps) {
  const standing = standingOf(lane, ms, outcome);
  const reached = standing === 'unanswered' ? (outcome?.decidedAfterMs ?? ms) : Math.min(ms, lane.landing?.atMs ?? ms);
  const icon = ICONS[standing];
  return (
    <li class={`lane ${standing} hue-${(index % 7) + 1}`}>
      <p class="lane-name">
        <b>{lane.name}</b>
        <span class="lane-said">{saidOf(lane, standing, comparedOf(lane, ms, outcome))}</span>
      </p>
      <div class="lane-way" aria-hidden="true">
        <div class="lane-run" style={{ width: at(reached) }}>
          <span class="lane-head">{icon && <Icon name={icon} size={18} />}</span>
        </div>
        {outcome !== null && ms >= outcome.decidedAfterMs && (
          <i class="lane-decided" style={{ left: at(outcome.decidedAfterMs) }} />
        )}
      </div>
    </li>
  );
}

/** With what was not told assumed, once it has been weighed; null until then. */
function comparedOf({ id }: Lane, ms: number, outcome: Outcome | null): number | null {
  if (!outcome?.winner || ms < outcome.decidedAfterMs) return null;
  return [outcome.winner, ...outcome.fallbacks].find(({ providerId }) => providerId === id)?.comparedCents ?? null;
}

function saidOf({ landing }: Lane, standing: Standing, comparedCents: number | null): string {
  if (standing === 'waiting') return t().waiting;
  if (standing === 'running') return t().asked;
  if (standing === 'unanswered' || !landing) return t().notWaited;
  const time = duration(landing.ms);
  if (standing === 'failed') return `${wordFor(landing.reason ?? 'unavailable')} · ${time}`;
  if (standing === 'link') return `${t().link} · ${time}`;
  const price = money(comparedCents ?? landing.totalCents, landing.currency);
  const parts = [comparedCents === null ? price : `${price} ${t().allIn}`, standing === 'late' ? t().late(time) : time];
  if (standing === 'won') parts.push(t().won);
  if (landing.cached) parts.push(t().cached);
  return parts.join(' · ');
}
