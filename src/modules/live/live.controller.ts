import { applyDecorators, Controller, Get, HttpCode, Param, Post, Query, Req, Res, type Type } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors.js';
import type { Teller } from '../../operations/catalogue.js';
import { ReadsByToken } from '../../platform/http/access.js';
import { Describes } from '../../platform/http/answers.decorator.js';
import type { TenantContext } from '../tenants/scopes.js';
import { Scopes, Tenant } from '../tenants/tenant.decorator.js';
import { BrowserToken, FollowSubject, Sequence } from './live.dto.js';
import { LiveService } from './live.service.js';

/** What people call one of its sort: a route, an import, a clearance watch. */
const wordsOf = ({ name }: Teller): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
const aNamed = (kind: Teller): string => `${/^[aeiou]/.test(kind.name) ? 'an' : 'a'} ${wordsOf(kind)}`;

/** An endpoint that follows one subject as server-sent events. */
const Follows = (kind: Teller, Name: string) =>
  applyDecorators(
    Get('events'),
    ReadsByToken(),
    Scopes(kind.read),
    ApiHeader({ name: 'Last-Event-ID', required: false, description: 'sequence of the last event you have' }),
    ApiResponse({
      status: 200,
      description: 'Each event with its sequence as id and the body of its webhook as data; ends after the last',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    }),
    Describes(`stream${Name}Events`, `Follow ${aNamed(kind)} as server-sent events`, { 204: null }, [404]),
    HttpCode(200),
  );

/** An endpoint that makes a token of one subject. */
const MakesToken = (kind: Teller, Name: string) =>
  applyDecorators(
    Post('token'),
    Scopes(kind.read),
    Describes(
      `create${Name}Token`,
      `Make a token with which a browser may read this ${wordsOf(kind)} for 15 min`,
      { 201: BrowserToken },
      [404],
    ),
  );

/** The doors by which things of one kind are followed. */
export function liveControllerOf(kind: Teller): Type {
  const Name = kind.name.charAt(0).toUpperCase() + kind.name.slice(1);

  @ApiTags('live')
  @Controller(`v1/${kind.path}/:id`)
  class LiveController {
    constructor(private readonly live: LiveService) {}

    @Follows(kind, Name)
    async follow(
      @Tenant() tenant: TenantContext,
      @Param('id') id: string,
      @Query({ schema: FollowSubject }) query: FollowSubject,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      const stream = await this.live.stream(tenant, kind, id, placeOf(request, query));
      // By the standard, 204 tells an EventSource not to come back.
      if (!stream) return void reply.status(204).send();
      reply.raw.once('close', () => stream.destroy());
      // A connection that has streamed is not used again, or a stopping server would wait for it to be idle.
      reply.header('Connection', 'close');
      reply.header('Content-Type', 'text/event-stream; charset=utf-8');
      reply.header('Cache-Control', 'no-store, no-transform');
      reply.send(stream);
    }

    @MakesToken(kind, Name)
    token(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<BrowserToken> {
      return this.live.token(tenant, kind, id);
    }
  }

  return LiveController;
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
