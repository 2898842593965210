import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import { fingerprintOf } from '../../common/fingerprint.js';
import { idPattern, newId } from '../../common/ids.js';
import { Config } from '../../config.js';
import { EventWaiter } from '../../events/event-waiter.js';
import { NewEvent } from '../../events/new-event.js';
import { Outbox } from '../../events/outbox.js';
import { Sealer } from '../../platform/crypto/sealed.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { PublicUrls } from '../../platform/http/public-url.js';
import { keptOf } from '../../platform/http/submission.js';
import { traceparentFrom } from '../../platform/telemetry/tracing.js';
import type { Library } from '../nutrition/library.js';
import type { TenantContext } from '../tenants/scopes.js';
import { todayIn } from './calendar.js';
import { LIBRARY } from './library.token.js';
import { requestOf, type StoredRequest } from './plan-request.js';
import { resourceOf, snapshotOf, unfinishedReceipt } from './plan.resource.js';
import type { PlanList, PlanResource } from './plan.dto.js';
import { CreatePlan, type ListPlans } from './planning.dto.js';
import { PlanLoadService } from './plan-load.service.js';
import { PlanJobs } from './plan.jobs.js';
import { PlanningRepository, type NewPlan } from './planning.repository.js';
import { shortlistOf } from './solver/shortlist.js';
import { UsersRepository } from './users.repository.js';

export interface Accepted {
  id: string;
  replayed: boolean;
}

const SEEDS = 2 ** 31;
const NOTHING_MADE = { origin: null, failure: null, repairs: [], notices: [], clashes: [] };
/** Added to the plan's own deadline, so that the outcome is what ends the wait. */
const GRACE_SECONDS = 1;

/**
 * The caller's side of plans. A plan that was answered with an id is a committed row: its job is added after the commit, and the relay
 * adds it again if that failed. Making it is GenerationService's.
 */
@Injectable()
export class PlanningService {
  constructor(
    private readonly plans: PlanningRepository,
    private readonly users: UsersRepository,
    private readonly database: Database,
    private readonly jobs: PlanJobs,
    private readonly load: PlanLoadService,
    private readonly waiter: EventWaiter,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrls,
    private readonly sealer: Sealer,
    private readonly config: Config,
    @Inject(LIBRARY) private readonly library: Library,
  ) {}

  /** Accepts a plan: refuses first (backlog, webhook URL, what cannot be planned, key reuse, the user's hour), commits, then queues. */
  async request(
    { tenantId }: TenantContext,
    body: CreatePlan,
    idempotencyKey: string | undefined,
    traceparent: string | undefined,
  ): Promise<Accepted> {
    await this.refuseBacklog(tenantId);
    const webhook = body.webhook && {
      ...body.webhook,
      url: await this.urls.check(body.webhook.url, '/webhook/url'),
    };
    const id = newId('plan');
    const fingerprint = fingerprintOf(body);
    const accepted = await this.database.tenant(tenantId, async (tx): Promise<Accepted> => {
      if (idempotencyKey !== undefined) {
        const taken = await this.plans.takeKey(tx, tenantId, { key: idempotencyKey, fingerprint }, id);
        if (taken.fingerprint !== fingerprint) {
          throw new AppError('idempotency_reused', `first used for ${taken.subject}`);
        }
        if (taken.subject !== id) return { id: taken.subject, replayed: true };
      }
      const userId = body.user === undefined ? null : await this.lockUser(tx, tenantId, body.user);
      const request = await this.complete(tx, tenantId, body);
      await this.plans.insert(tx, tenantId, this.newPlan(id, userId, { ...body, webhook }, request, traceparent));
      return { id, replayed: false };
    });
    if (!accepted.replayed) this.jobs.addSoon({ id: accepted.id, tenantId });
    return accepted;
  }

  /** The plan as it stands, or `plan_not_found`. */
  async get(tenantId: string, id: string): Promise<PlanResource> {
    if (!idPattern('plan').test(id)) throw new AppError('plan_not_found', `malformed id ${id.slice(0, 40)}`);
    const found = await this.database.tenantOne(tenantId, (tx) => this.plans.find(tx, id));
    if (!found) throw new AppError('plan_not_found', `plan ${id}, tenant ${tenantId}`);
    return resourceOf(found, this.library, this.load.load);
  }

  /** The plan once it is closed, or as it stands after `seconds`. */
  wait(tenantId: string, id: string, seconds: number, signal?: AbortSignal): Promise<PlanResource> {
    const read = () => this.get(tenantId, id);
    return this.waiter.until(id, seconds, { read, done: ({ status }) => status !== 'open' }, signal);
  }

  async list(tenantId: string, query: ListPlans): Promise<PlanList> {
    const rows = await this.database.tenantOne(tenantId, (tx) =>
      this.plans.list(tx, {
        limit: query.limit + 1,
        before: query.cursor ?? null,
        reference: query.reference ?? null,
        status: query.status ?? null,
      }),
    );
    const data = rows.slice(0, query.limit).map(({ createdAt, closedAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      closedAt: closedAt?.toISOString() ?? null,
    }));
    return { data, nextCursor: rows.length > query.limit ? data.at(-1)!.id : null };
  }

  /** The user's plan that still holds, or a new one once it is closed. Throws `intake_not_found` and what `request` throws. */
  async generate(
    tenant: TenantContext,
    user: string,
    { isForced, traceparent }: { isForced: boolean; traceparent: string | undefined },
  ): Promise<{ plan: PlanResource; cached: boolean }> {
    const current = isForced
      ? null
      : await this.database.tenantOne(tenant.tenantId, (tx) => this.plans.currentOf(tx, user, todayIn(undefined)));
    if (current !== null) return { plan: await this.get(tenant.tenantId, current), cached: true };
    const { id } = await this.request(tenant, CreatePlan.parse({ user }), undefined, traceparent);
    const seconds = this.config.values.LOOPGPT_PLAN_DEADLINE_MS / 1000 + GRACE_SECONDS;
    return { plan: await this.wait(tenant.tenantId, id, seconds), cached: false };
  }

  /** Closes an open plan as cancelled; a second call answers the same. Throws `plan_already_closed` when it was made first. */
  async cancel(tenantId: string, id: string): Promise<PlanResource> {
    const before = await this.get(tenantId, id);
    if (before.status === 'open') {
      await this.database.tenant(tenantId, async (tx) => {
        const row = await this.plans.lockOpen(tx, id);
        if (!row) return;
        const ended = { ...(row.outcome ?? NOTHING_MADE), receipt: unfinishedReceipt(row) };
        const closed = { ...row, status: 'cancelled' as const, closedAt: row.now, outcome: ended };
        const event = NewEvent.of('plan.cancelled', snapshotOf(closed, this.library));
        const { status, plan, proof, outcome, closedAt } = closed;
        await this.plans.close(tx, id, { status, plan, proof, outcome, closedAt, event }, row.ageMs);
      });
      this.outbox.wake();
    }
    const after = await this.get(tenantId, id);
    if (after.status !== 'cancelled') throw new AppError('plan_already_closed', `plan ${id} is ${after.status}`);
    return after;
  }

  private async refuseBacklog(tenantId: string): Promise<void> {
    const { LOOPGPT_MAX_OPEN_PLANS, LOOPGPT_MAX_OPEN_PLANS_PER_TENANT } = this.config.values;
    const { all, own } = await this.plans.openCounts(tenantId);
    if (all >= LOOPGPT_MAX_OPEN_PLANS) throw new AppError('overloaded', `${all} open plans`, { retryAfterSeconds: 5 });
    if (own >= LOOPGPT_MAX_OPEN_PLANS_PER_TENANT) {
      throw new AppError('tenant_backlog_full', `tenant ${tenantId}, plans`, { retryAfterSeconds: 5 });
    }
  }

  private async lockUser(tx: Tx, tenantId: string, reference: string): Promise<string> {
    const userId = await this.users.lock(tx, tenantId, reference);
    const { made, freeInSeconds } = await this.users.plansInHour(tx, userId);
    if (made >= this.config.values.LOOPGPT_PLANS_PER_HOUR) {
      throw new AppError('plan_quota_used', `user ${userId}`, { retryAfterSeconds: Math.max(1, freeInSeconds) });
    }
    return userId;
  }

  private async complete(tx: Tx, tenantId: string, body: CreatePlan): Promise<StoredRequest> {
    const intake = body.user === undefined ? null : await this.users.intakeOf(tx, tenantId, body.user);
    const request = requestOf(body, intake, { today: todayIn(body.timezone), seed: randomInt(SEEDS) });
    if (!request) throw new AppError('intake_not_found', `tenant ${tenantId}`);
    const { refusals } = shortlistOf(request.plan, this.library);
    if (refusals.length === 0) return request;
    throw new AppError('plan_refused', `${refusals.length} refusals`, {
      errors: refusals.map(({ pointer, reason }) => ({ pointer, detail: reason })),
    });
  }

  private newPlan(
    id: string,
    userId: string | null,
    body: CreatePlan,
    request: StoredRequest,
    traceparent: string | undefined,
  ): NewPlan {
    return {
      id,
      userId,
      request,
      ...keptOf(body, (secret) => this.sealer.sealText(secret)),
      traceparent: traceparentFrom(traceparent),
      deadlineMs: body.deadlineMs ?? this.config.values.LOOPGPT_PLAN_DEADLINE_MS,
      swappedFrom: null,
    };
  }
}
