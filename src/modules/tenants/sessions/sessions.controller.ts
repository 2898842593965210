import { Body, Controller, Delete, Get, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Describes } from '../../../platform/http/answers.decorator.js';
import type { TenantContext } from '../scopes.js';
import { Public, Tenant } from '../tenant.decorator.js';
import { Session, SignIn } from './sessions.dto.js';
import { SignInsService } from './sign-ins.service.js';

/** Signing in with a key, for pages of this host. */
@ApiTags('session')
@Controller('v1/session')
export class SessionsController {
  constructor(private readonly signIns: SignInsService) {}

  @Post()
  @Public()
  @Describes('signIn', 'Sign in with an API key: its session comes as a cookie that no script reads', { 201: Session })
  signIn(
    @Body({ schema: SignIn }) body: SignIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    return this.signIns.signIn(body.apiKey, request, reply);
  }

  @Get()
  @Describes('getSession', 'Who is signed in, with the token that changes need', { 200: Session })
  read(@Tenant() tenant: TenantContext): Session {
    return this.signIns.present(tenant);
  }

  @Post('renew')
  @Describes('renewSession', 'Stay signed in', { 200: Session })
  renew(
    @Tenant() tenant: TenantContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Session {
    return this.signIns.renew(tenant, request, reply);
  }

  @Delete()
  @Describes('signOut', 'Sign out, here and wherever else the cookie is', { 204: null })
  signOut(
    @Tenant() tenant: TenantContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    return this.signIns.signOut(tenant, request, reply);
  }
}
