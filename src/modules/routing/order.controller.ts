import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Answers, Named } from '../../platform/http/answers.decorator.js';
import { CartLine, ProviderId, ShippingAddress, type QuoteLine } from '../providers/provider.js';
import { QuotesService } from '../providers/quotes.service.js';
import { InForceService } from '../switches/in-force.service.js';
import { LongPolls } from '../tenants/long-polls.service.js';
import type { TenantContext } from '../tenants/scopes.js';
import { Scopes, Tenant } from '../tenants/tenant.decorator.js';
import { ConfirmationTokens } from './confirming/confirmation-tokens.js';
import type { CreateRoute, QuoteSummary, RouteResource } from './routing.dto.js';
import { RoutingService } from './routing.service.js';

/** The synchronous face that callers of the former router use. Tolerant where they are: unknown fields are ignored. */
const HealthCheck = z.object({ action: z.literal('health_check') });
const Order = z.object({ items: z.array(CartLine).min(1).max(200), shippingAddress: ShippingAddress });
const OrderBody = z.union([HealthCheck, Order]).meta({ id: 'RouteOrder' });
type OrderBody = z.infer<typeof OrderBody>;

const Unserved = z.object({ id: z.string(), name: z.string() });
const Ordered = z.object({
  selectedProvider: z.object({ id: ProviderId, name: z.string(), priority: z.number() }),
  /** Not all that was asked for is in the quote. */
  partial: z.boolean(),
  quote: z.looseObject({
    totalCents: z.int(),
    currency: z.string(),
    complete: z.boolean().describe('every line is served; if not, totalCents is the price of those that are'),
    partial: z.boolean(),
    missing: z.array(Unserved).describe('lines that the provider does not have'),
    ambiguous: z.array(Unserved).describe('lines that could mean several things: none was chosen'),
    substituted: z
      .array(Unserved.extend({ productName: z.string().nullable() }))
      .describe('lines served by something like it'),
  }),
  confirmationToken: z.string(),
  requestId: z.string(),
});
const Health = z.object({ providers: z.record(z.string(), z.object({ healthy: z.boolean() })) });
const NoProviders = z.object({ error: z.object({ code: z.string(), message: z.string() }), requestId: z.string() });
export const OrderAnswer = z.union([Ordered, Health, NoProviders]).meta({ id: 'RouteOrderAnswer' });

/** Of the winner's quote, as it is. */
const TOLD = [
  'itemsCents',
  'feesCents',
  'taxCents',
  'deliveryCents',
  'unknownParts',
  'deliveryMinutes',
  'simulated',
  'cached',
  'expiresAt',
] as const satisfies readonly (keyof QuoteSummary)[];

/** Added to the route's own deadline, so that the outcome is what ends the wait. */
const GRACE_SECONDS = 2;

@ApiTags('former interfaces')
@Controller('functions/v1')
export class OrderController {
  constructor(
    private readonly routing: RoutingService,
    private readonly tokens: ConfirmationTokens,
    private readonly quotes: QuotesService,
    private readonly inForce: InForceService,
    private readonly polls: LongPolls,
  ) {}

  @Post('loopgpt_route_order')
  @Scopes('routes:write')
  @Named('routeOrder', 'Route a cart and wait for the outcome; or {"action":"health_check"}')
  @Answers({ 200: OrderAnswer, 502: NoProviders }, [400, 401, 403, 413, 415, 429, 503])
  async order(
    @Tenant() tenant: TenantContext,
    @Body({ schema: OrderBody }) body: OrderBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof OrderAnswer>> {
    if ('action' in body) return this.health();
    const traceparent = request.headers.traceparent as string | undefined;
    const route = await this.polls.hold(tenant, request, async (gone) => {
      const { id } = await this.routing.request(tenant, body as CreateRoute, undefined, traceparent);
      const seconds = this.inForce.values.LOOPGPT_DEADLINE_MS / 1000 + GRACE_SECONDS;
      return this.routing.wait(tenant.tenantId, id, seconds, gone);
    });
    return answerOf(body.items, this.tokens.shownTo(tenant, route), reply);
  }

  private async health(): Promise<z.infer<typeof Health>> {
    const cards = await this.quotes.cards();
    const asked = cards.filter(({ capabilities }) => capabilities.quotes || capabilities.links);
    return { providers: Object.fromEntries(asked.map(({ id, healthy }) => [id, { healthy }])) };
  }
}

function answerOf(items: readonly CartLine[], route: RouteResource, reply: FastifyReply): z.infer<typeof OrderAnswer> {
  const winner = route.outcome?.winner;
  const quote = route.quotes.find((candidate) => candidate.providerId === winner?.providerId);
  if (!winner || !quote || !route.confirmation) {
    reply.status(502);
    return {
      error: { code: 'NO_PROVIDERS_AVAILABLE', message: 'No providers returned valid quotes' },
      requestId: route.id,
    };
  }
  const lines = linesOf(items, route.lines[winner.providerId] ?? []);
  return {
    selectedProvider: { id: winner.providerId, name: winner.providerName, priority: priorityOf(winner) },
    partial: lines.partial,
    quote: {
      totalCents: winner.totalCents,
      currency: winner.currency,
      ...lines,
      ...Object.fromEntries(TOLD.map((name) => [name, quote[name]])),
    },
    confirmationToken: route.confirmation.token,
    requestId: route.id,
  };
}

/** What of the cart the winner serves; a line that it says nothing of is missing. */
function linesOf(items: readonly CartLine[], lines: readonly QuoteLine[]) {
  const by = new Map(lines.map((line) => [line.lineId, line]));
  const told = items.map(({ id, name }) => ({ id, name, line: by.get(id) }));
  const unserved = (status: QuoteLine['status']) =>
    told.filter(({ line }) => (line?.status ?? 'missing') === status).map(({ id, name }) => ({ id, name }));
  const [missing, ambiguous] = [unserved('missing'), unserved('ambiguous')];
  const partial = missing.length + ambiguous.length > 0;
  const substituted = told.flatMap(({ id, name, line }) =>
    line?.status === 'substituted' ? [{ id, name, productName: line.productName }] : [],
  );
  return { complete: !partial, partial, missing, ambiguous, substituted };
}

/** Back on the seed's scale of 0 to 100. */
function priorityOf(winner: NonNullable<NonNullable<RouteResource['outcome']>['winner']>): number {
  return Math.round(winner.factors.priority.value * 100);
}
