import { Controller, Get, HttpCode, Param, Post, Query, Req, Res, applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { TenantContext } from '../tenants/scopes.js';
import { ReadsByToken, Scopes, Tenant } from '../tenants/tenant.decorator.js';
import { BrowserToken, FollowSubject, Sequence } from './live.dto.js';
import { LiveService } from './live.service.js';
import type { SubjectName } from './subjects.js';

const ROUTE_ID = 'req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9';
const PLAN_ID = 'plan_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9';

/** An endpoint that follows one subject as server-sent events. */
const Follows = (operationId: string, summary: string, id: string) =>
  applyDecorators(
    ReadsByToken(),
    ApiOperation({ operationId, summary }),
    ApiParam({ name: 'id', example: id }),
    ApiHeader({ name: 'Last-Event-ID', required: false, description: 'sequence of the last event you have' }),
    ApiResponse({
      status: 200,
      description: 'Each event with its sequence as id and the body of its webhook as data; ends after the last',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    }),
    Answers({ 204: null }, [400, 401, 403, 404, 429, 503]),
  );

/** An endpoint that makes a token of one subject. */
const MakesToken = (operationId: string, what: string, id: string) =>
  applyDecorators(
    HttpCode(201),
    ApiOperation({ operationId, summary: `Make a token with which a browser may read this ${what} for 15 min` }),
    ApiParam({ name: 'id', example: id }),
    Answers({ 201: BrowserToken }, [401, 403, 404, 429, 503]),
  );

@ApiTags('live')
@Controller('v1')
export class LiveController {
  constructor(private readonly live: LiveService) {}

  @Get('routes/:id/events')
  @Scopes('routes:read')
  @Follows('streamRouteEvents', 'Follow a route as server-sent events', ROUTE_ID)
  async route(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Query({ schema: FollowSubject }) query: FollowSubject,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.follow(tenant, 'req', id, placeOf(request, query), reply);
  }

  @Get('plans/:id/events')
  @Scopes('plans:read')
  @Follows('streamPlanEvents', 'Follow a plan as server-sent events', PLAN_ID)
  async plan(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Query({ schema: FollowSubject }) query: FollowSubject,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.follow(tenant, 'plan', id, placeOf(request, query), reply);
  }

  @Post('routes/:id/token')
  @Scopes('routes:read')
  @MakesToken('createRouteToken', 'route', ROUTE_ID)
  routeToken(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<BrowserToken> {
    return this.live.token(tenant, 'req', id);
  }

  @Post('plans/:id/token')
  @Scopes('plans:read')
  @MakesToken('createPlanToken', 'plan', PLAN_ID)
  planToken(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<BrowserToken> {
    return this.live.token(tenant, 'plan', id);
  }

  private async follow(
    tenant: TenantContext,
    name: SubjectName,
    id: string,
    after: number,
    reply: FastifyReply,
  ): Promise<void> {
    const stream = await this.live.stream(tenant, name, id, after);
    // By the standard, 204 tells an EventSource not to come back.
    if (!stream) return void reply.status(204).send();
    reply.raw.once('close', () => stream.destroy());
    // A connection that has streamed is not used again, or a stopping server would wait for it to be idle.
    reply.header('Connection', 'close');
    reply.header('Content-Type', 'text/event-stream; charset=utf-8').header('Cache-Control', 'no-store, no-transform');
    reply.send(stream);
  }
}

/** An EventSource that reconnects asks with its first URL, so the header is the later word. */
function placeOf(request: FastifyRequest, query: FollowSubject): number {
  const header = request.headers['last-event-id'];
  if (header === undefined || header === '') return query.after ?? 0;
  const parsed = Sequence.safeParse(header);
  if (parsed.success) return parsed.data;
  const errors = [{ pointer: 'Last-Event-ID', detail: 'the sequence of an event, as its id was' }];
  throw new AppError('request_invalid', 'bad Last-Event-ID', { errors });
}
