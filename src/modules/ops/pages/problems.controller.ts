import { Controller, Get, Header, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AppError } from '../../../common/errors.js';
import {
  problemHtml,
  problemListHtml,
  problemPage,
  problemPages,
  type ProblemPage,
} from '../../../platform/http/pages/problem-page.js';
import { Public } from '../../tenants/tenant.decorator.js';

/** What the `type` of every problem leads to, for people and for programs. */
@ApiExcludeController()
@Controller('docs/errors')
@Public()
export class ProblemsController {
  @Get()
  @Header('Vary', 'Accept')
  list(@Headers('accept') accept: string | undefined, @Res({ passthrough: true }) reply: FastifyReply) {
    const pages = problemPages();
    return wantsHtml(accept, reply) ? problemListHtml(pages) : { data: pages };
  }

  @Get(':code')
  @Header('Vary', 'Accept')
  get(
    @Param('code') code: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string | ProblemPage {
    const page = problemPage(code);
    if (!page) throw new AppError('not_found', `no error ${code.slice(0, 40)}`);
    return wantsHtml(accept, reply) ? problemHtml(page) : page;
  }
}

/** Only browsers name HTML; whoever takes anything is a program. */
function wantsHtml(accept: string | undefined, reply: FastifyReply): boolean {
  const html = /\btext\/html\b/.test(accept ?? '');
  reply.type(html ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8');
  return html;
}
