import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import { newId } from '../../common/ids.js';
import { Config } from '../../config.js';
import type { Written } from '../../operations/accepting.js';
import { Operations } from '../../operations/operations.js';
import { Sealer } from '../../platform/crypto/sealed.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { PublicUrls } from '../../platform/outgoing/public-url.js';
import { keptOf } from '../../platform/http/submission.js';
import type { Place } from '../../vocabulary/places.js';
import type { Library } from '../nutrition/library.js';
import { InForceService } from '../switches/in-force.service.js';
import type { TenantContext } from '../tenants/scopes.js';
import { todayIn } from './calendar.js';
import { UsersRepository } from './intake/users.repository.js';
import { keepingOf } from './clearing/keeping.js';
import { LIBRARY, PLACE_OF, SHORTLIST } from './library.token.js';
import type { Shortlist } from './needs/shortlist.js';
import type { NewPlan } from './new-plan.js';
import { requestOf, timezoneOf, workOf, type StoredRequest } from './plan-request.js';
import type { PlanList, PlanResource, PlanOutlook } from './plan.dto.js';
import { resourceOf, type PlanRow } from './plan.resource.js';
import { CreatePlan, type Intake, type ListPlans } from './planning.dto.js';
import { PlanningRepository } from './planning.repository.js';
import type { PlanRequest } from './solver/plan.js';

const SEEDS = 2 ** 31;
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
    private readonly operations: Operations,
    private readonly urls: PublicUrls,
    private readonly sealer: Sealer,
    private readonly config: Config,
    private readonly inForce: InForceService,
    @Inject(LIBRARY) private readonly library: Library,
    @Inject(PLACE_OF) private readonly placeOf: (address: string) => Promise<Place | null>,
    @Inject(SHORTLIST) private readonly shortlistOf: (request: PlanRequest) => Shortlist,
  ) {}

  /**
   * Accepts a plan: refuses first (backlog, the tenant's and the user's hour, webhook URL, what cannot be planned), then commits, then
   * queues. `plan` is the new one, as it stands.
   */
  async request(
    { tenantId }: TenantContext,
    body: CreatePlan,
    idempotencyKey: string | undefined,
    traceparent: string | undefined,
    told: (quota: Quota) => void = () => undefined,
  ): Promise<{ id: string; replayed: boolean; plan: PlanResource | null }> {
    let made: NewPlan | null = null;
    const found = await this.placeIn(body);
    const { id, replayed, written } = await this.operations.accept(
      'plan',
      { tenantId, key: idempotencyKey, body, traceparent },
      async (put, carried) => {
        await this.refuseQuota(tenantId, told);
        const webhook = body.webhook && {
          ...body.webhook,
          url: await this.urls.check(body.webhook.url, '/webhook/url'),
        };
        const { user } = body;
        const checked = { ...body, webhook };
        if (user === undefined)
          return put((made = this.newPlan(tenantId, null, checked, this.complete(body, null, found), carried)));
        return this.database.tenant(tenantId, async (tx) => {
          const userId = await this.lockUser(tx, tenantId, user);
          const intake = await this.users.intakeOf(tx, tenantId, user);
          return put((made = this.newPlan(tenantId, userId, checked, this.complete(body, intake, found), carried)), tx);
        });
      },
    );
    return { id, replayed, plan: written && made ? this.shown(rowOf(made, written)) : null };
  }

  /** What accepting it would refuse is refused, and what is known before anything is cooked is told; nothing is kept. */
  async validate({ tenantId }: TenantContext, body: CreatePlan): Promise<PlanOutlook> {
    if (body.webhook) await this.urls.check(body.webhook.url, '/webhook/url');
    const found = await this.placeIn(body);
    const { user } = body;
    const intake =
      user === undefined
        ? null
        : await this.database.tenantOne(tenantId, (tx) => this.users.intakeOf(tx, tenantId, user));
    const { plan } = this.complete(body, intake, found);
    const { targets, notices } = this.shortlistOf(plan);
    // Readonly, which its schema cannot say.
    return { valid: true, targets, notices } as unknown as PlanOutlook;
  }

  /** Accepts a plan that is another one with one meal swapped; its id. What cannot be is the caller's to refuse. */
  async acceptSwap(plan: NewPlan): Promise<string> {
    const { tenantId, traceparent } = plan;
    const asking = { tenantId, traceparent, key: undefined, body: null };
    return (await this.operations.accept('plan', asking, (put, carried) => put({ ...plan, traceparent: carried }))).id;
  }

  /** The plan as it stands, or `plan_not_found`. */
  get(tenantId: string, id: string): Promise<PlanResource> {
    return this.operations.get('plan', tenantId, id);
  }

  /** The plan once it is closed, or as it stands after `seconds`. */
  wait(tenantId: string, id: string, seconds: number, signal?: AbortSignal): Promise<PlanResource> {
    return this.operations.wait('plan', tenantId, id, seconds, signal);
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
    const data = rows.slice(0, query.limit).map(({ createdAt, closedAt, heldUntil, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      closedAt: closedAt?.toISOString() ?? null,
      heldUntil: heldUntil?.toISOString() ?? null,
    }));
    return { data, nextCursor: rows.length > query.limit ? data.at(-1)!.id : null };
  }

  /** The user's plan that still holds, or a new one once it is closed. Throws `intake_not_found` and what `request` throws. */
  async generate(
    tenant: TenantContext,
    user: string,
    { isForced, traceparent, gone }: { isForced: boolean; traceparent: string | undefined; gone: AbortSignal },
  ): Promise<{ plan: PlanResource; cached: boolean }> {
    const current = isForced
      ? null
      : await this.database.tenant(tenant.tenantId, async (tx) => {
          const intake = await this.users.intakeOf(tx, tenant.tenantId, user);
          return intake && this.plans.currentOf(tx, user, todayIn(intake.timezone));
        });
    if (current !== null) return { plan: await this.get(tenant.tenantId, current), cached: true };
    const { id } = await this.request(tenant, CreatePlan.parse({ user }), undefined, traceparent);
    const seconds = this.config.values.LOOPGPT_PLAN_DEADLINE_MS / 1000 + GRACE_SECONDS;
    return { plan: await this.wait(tenant.tenantId, id, seconds, gone), cached: false };
  }

  /** Closes an open plan as cancelled; a second call answers the same. Throws `plan_already_closed` when it was made first. */
  cancel(tenantId: string, id: string): Promise<PlanResource> {
    return this.operations.cancel('plan', tenantId, id);
  }

  /** Of an address; null where none is given, or its place is not known. */
  private async placeIn({ clearances }: CreatePlan): Promise<Place | null> {
    return clearances && 'address' in clearances.near ? this.placeOf(clearances.near.address) : null;
  }

  private shown(row: PlanRow): PlanResource {
    return resourceOf(row, this.library, this.operations.load('plan'));
  }

  private async refuseQuota(tenantId: string, told: (quota: Quota) => void): Promise<void> {
    const { made, freeInSeconds } = await this.plans.plansInHour(tenantId);
    const quota = this.config.values.LOOPGPT_TENANT_PLANS_PER_HOUR;
    told({ quota, remaining: Math.max(0, quota - made - 1), resetSeconds: freeInSeconds });
    if (made >= quota) {
      throw new AppError('plan_quota_used', `tenant ${tenantId}`, { retryAfterSeconds: Math.max(1, freeInSeconds) });
    }
  }

  private async lockUser(tx: Tx, tenantId: string, reference: string): Promise<string> {
    const userId = await this.users.lock(tx, tenantId, reference);
    const { made, freeInSeconds } = await this.users.plansInHour(tx, userId);
    if (made >= this.inForce.values.LOOPGPT_PLANS_PER_HOUR) {
      throw new AppError('plan_quota_used', `user ${userId}`, { retryAfterSeconds: Math.max(1, freeInSeconds) });
    }
    return userId;
  }

  private complete(body: CreatePlan, intake: Intake | null, found: Place | null): StoredRequest {
    const request = requestOf(body, intake, {
      today: todayIn(timezoneOf(body, intake)),
      seed: randomInt(SEEDS),
      found,
    });
    if (!request) throw new AppError('intake_not_found', `user ${body.user !== undefined}`);
    const { keepsDays, unknown } = keepingOf(request.clearances?.keepsDays ?? {}, this.library.foods);
    const refusals = [...this.shortlistOf(request.plan).refusals, ...unknown];
    if (refusals.length === 0)
      return request.clearances ? { ...request, clearances: { ...request.clearances, keepsDays } } : request;
    throw new AppError('plan_refused', `${refusals.length} refusals`, {
      errors: refusals.map(({ pointer, reason }) => ({ pointer, detail: reason })),
    });
  }

  private newPlan(
    tenantId: string,
    userId: string | null,
    body: CreatePlan,
    request: StoredRequest,
    traceparent: string,
  ): NewPlan {
    const deadlineMs = body.deadlineMs ?? this.config.values.LOOPGPT_PLAN_DEADLINE_MS;
    const work = workOf(request.plan);
    this.operations.refuse('plan', tenantId, { work, deadlineMs });
    return {
      id: newId('plan'),
      tenantId,
      work,
      deadlineMs,
      cancelAfterSeconds: null,
      ...keptOf(body, (secret) => this.sealer.sealText(secret)),
      traceparent,
      own: { user_id: userId, request, plan: null, proof: null, outcome: null, swapped_from: null },
    };
  }
}

/** How the tenant stands with its plans of an hour, this one counted. */
export interface Quota {
  quota: number;
  remaining: number;
  resetSeconds: number;
}

/** The plan as it was written. */
function rowOf({ own, ...plan }: NewPlan, { createdAt, deadlineAt }: Written): PlanRow {
  const { id, reference, metadata, traceparent } = plan;
  const { plan: chosen, proof, outcome, swapped_from: swappedFrom, request } = own;
  const open = { status: 'open', startedAt: null, closedAt: null } as const;
  return {
    id,
    reference,
    metadata,
    traceparent,
    createdAt,
    deadlineAt,
    plan: chosen,
    proof,
    outcome,
    swappedFrom,
    timezone: request.timezone ?? null,
    currency: request.plan.currency ?? null,
    heldUntil: null,
    ...open,
  };
}
