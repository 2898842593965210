import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '../../../events/event.js';
import { EventLog, EVENTS_A_READING } from '../../../events/event-log.js';
import { tellerOf, type Teller } from '../../../operations/catalogue.js';
import { AppError } from '../../../common/errors.js';
import { problemOf, toAppError } from '../../../platform/http/problem.filter.js';
import { RateLimitsService } from '../../tenants/rate-limits.service.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Follower, LIFE_MS, untilOf, type Reader, type Standing } from '../deciding/follower.js';
import { eventText, textOf } from '../deciding/socket-messages.js';
import { LiveRepository } from '../live.repository.js';
import { LiveService } from '../live.service.js';
import { StreamSlots } from '../stream-slots.js';
import type { FollowMany } from './many.dto.js';
import { ManyStream } from './many-stream.js';

/** Subjects that are worth one request when they are asked for and not followed. */
const SUBJECTS_A_UNIT = 10;

/**
 * What a WebSocket tells of many subjects, for who gets none through: as server-sent events, or page by page. The messages are the same, so a
 * client goes on with one where another broke, by the sequences it has.
 */
@Injectable()
export class ManyService {
  constructor(
    private readonly live: LiveService,
    private readonly standings: LiveRepository,
    private readonly events: EventLog,
    private readonly slots: StreamSlots,
    private readonly rates: RateLimitsService,
  ) {}

  /** The body of an SSE answer; what is refused of a subject is told in it. Throws `streams_too_many`. Each subject counts as a request. */
  async stream(tenant: TenantContext, { follow, stay }: FollowMany, instance: string): Promise<ManyStream> {
    const release = this.slots.take(tenant.tenantId, tenant.keyId);
    const stream = new ManyStream(Math.min(LIFE_MS, tenant.only?.lifeMs ?? LIFE_MS));
    stream.once('close', release);
    const begun = follow.map((place) => [place, stream.begin(place.subject)] as const);
    for (const [{ subject, after }, reader] of begun) {
      try {
        reader.begin(await this.live.subscribe(tenant, { type: 'subscribe', subject, after, stay }, reader));
      } catch (error) {
        stream.tell(refusalText(error, subject, instance));
        stream.leave(subject);
      }
    }
    return stream;
  }

  /** All that is stored of the subjects after their places, as far as one reading goes; as JSON text, for events go in as the bytes they are. */
  async page(tenant: TenantContext, { follow, stay }: FollowMany, instance: string): Promise<string> {
    for (let more = SUBJECTS_A_UNIT; more < follow.length; more += SUBJECTS_A_UNIT) this.rates.take(tenant.tenantId);
    const { tenantId } = tenant;
    const standings = await this.standingsOf(tenantId, follow);
    const wanted = follow.map(({ subject, after }) => ({ subject, after, tenantId }));
    const found = await this.events.eventsAfter(wanted);
    const texts: string[] = [];
    let hasMore = false;
    for (const { subject, after } of follow) {
      try {
        const kind = this.live.readable(tenant, subject);
        const standing = standings.get(subject);
        if (!standing) throw new AppError(kind.missing, `subject ${subject}, tenant ${tenantId}`);
        const own = found.filter((event) => event.subject === subject);
        hasMore = read({ subject, tenantId, after, stay }, standing, own, texts) || hasMore;
      } catch (error) {
        texts.push(refusalText(error, subject, instance));
      }
    }
    return `{"messages":[${texts.join(',')}],"hasMore":${hasMore}}`;
  }

  private async standingsOf(tenantId: string, follow: FollowMany['follow']): Promise<Map<string, Standing>> {
    const byKind = new Map<string, { kind: Teller; subjects: string[] }>();
    for (const { subject } of follow) {
      const kind = tellerOf(subject)!;
      const group = byKind.get(kind.name) ?? { kind, subjects: [] };
      byKind.set(kind.name, group);
      group.subjects.push(subject);
    }
    const found = new Map<string, Standing>();
    for (const { kind, subjects } of byKind.values()) {
      for (const [id, standing] of await this.standings.standings(tenantId, subjects, kind)) found.set(id, standing);
    }
    return found;
  }
}

/** Adds to `texts` what one who follows would be told of `events`; answers whether there is more. */
function read(
  place: { subject: string; tenantId: string; after: number; stay: boolean },
  standing: Standing,
  events: readonly EventEnvelope[],
  texts: string[],
): boolean {
  const { subject, after, stay } = place;
  const until = untilOf(standing, after, stay);
  const reader: Reader = {
    backlogBytes: 0,
    onRoom: () => undefined,
    send: (event) => texts.push(eventText(event)),
    gap: (from, next) => texts.push(textOf({ type: 'gap', subject, after: from, next })),
    beat: () => undefined,
    end: () => texts.push(textOf({ type: 'ended', subject, why: 'done' })),
  };
  if (until === null) {
    reader.end('done');
    return false;
  }
  // What was closed between the two looks has its outcome among the events or is asked for again.
  return new Follower({ ...place, until }, reader, 0).take(events, events.length < EVENTS_A_READING);
}

function refusalText(thrown: unknown, subject: string, instance: string): string {
  const error = toAppError(thrown);
  const retryAfterSeconds = error.extra.retryAfterSeconds ?? null;
  return textOf({ type: 'error', subject, problem: problemOf(error, instance), retryAfterSeconds });
}
