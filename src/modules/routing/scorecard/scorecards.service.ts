import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { NowAndThen } from '../../../common/pacing/now-and-then.js';
import { ProviderId, QuoteHonesty } from '../../providers/provider.js';
import { QuotesService } from '../../providers/quotes.service.js';
import { adviceOf, suggestedTimeoutMs } from '../deciding/timeouts.js';
import {
  KINDS,
  WINDOWS,
  type EdgeLogs,
  type ListEdgeLogs,
  type Score,
  type Scorecards,
  type Timeouts,
  type Window,
} from './scorecard.dto.js';
import { ScorecardsRepository, type CountedAnswers } from './scorecards.repository.js';

/** A week of answers is many rows; who asks within so long gets the same. */
const KEEP_MS = 10_000;
const NONE = { answers: 0, failures: 0, late: 0, p50Ms: null, p95Ms: null, wins: 0 };

/** How providers did lately: speed, failures, wins, and how honest their quotes were. */
@Injectable()
export class ScorecardsService {
  private readonly kept = new NowAndThen(() => this.read(), KEEP_MS);

  constructor(
    private readonly scorecards: ScorecardsRepository,
    private readonly honesty: QuoteHonesty,
    private readonly quotes: QuotesService,
  ) {}

  get(): Promise<Scorecards> {
    return this.kept.get(AbortSignal.timeout(KEEP_MS));
  }

  /** Of each provider of quotes, by its last day. */
  async timeouts(): Promise<Timeouts> {
    const day = new Map((await this.scorecards.day()).map((one) => [one.providerId, one]));
    const states = this.quotes.states().filter(({ capabilities }) => capabilities.quotes);
    return { data: states.map(({ id, timeoutMs }) => adviceOf(id, timeoutMs, day.get(id))) };
  }

  /** The log of answers and decisions, newest first. */
  async logs(query: ListEdgeLogs): Promise<EdgeLogs> {
    const rows = await this.scorecards.latest(query);
    return { data: rows.map((row) => ({ ...row, at: row.at.toISOString(), kind: KINDS[row.kind] ?? row.kind })) };
  }

  private async read(): Promise<Scorecards> {
    const [honesty, ...windows] = await Promise.all([
      this.honesty.lately(),
      ...Object.values(WINDOWS).map((seconds) => this.scorecards.lately(seconds)),
    ]);
    const names = Object.keys(WINDOWS) as Window[];
    return {
      readAt: new Date(databaseNow()).toISOString(),
      providers: ProviderId.options.map((providerId) => {
        const scores = names.map((name, index) => [name, scoreOf(providerId, windows[index]!)] as const);
        const { hour, day, week } = Object.fromEntries(scores) as Record<Window, Score>;
        return { providerId, hour, day, week, honesty: honesty.get(providerId) ?? null };
      }),
    };
  }
}

/** Of everybody's counts in a window, the score of one. Pure. */
export function scoreOf(providerId: string, all: readonly CountedAnswers[]): Score {
  const { answers, failures, late, p50Ms, p95Ms, wins } = all.find((one) => one.providerId === providerId) ?? NONE;
  const decided = all.reduce((sum, one) => sum + one.wins, 0);
  return {
    answers,
    failures,
    successPercent: percent(answers - failures, answers),
    late,
    p50Ms: p50Ms === null ? null : Math.round(p50Ms),
    p95Ms: p95Ms === null ? null : Math.round(p95Ms),
    wins,
    winPercent: percent(wins, decided),
    suggestedTimeoutMs: suggestedTimeoutMs(p95Ms, answers),
  };
}

const percent = (part: number, whole: number) => (whole === 0 ? null : Math.round((1000 * part) / whole) / 10);
