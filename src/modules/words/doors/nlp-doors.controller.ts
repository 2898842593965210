import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NeedsScope } from '../../../platform/http/access.js';
import { Answers, Describes, Named } from '../../../platform/http/answers.decorator.js';
import { Public } from '../../tenants/tenant.decorator.js';
import { NlpHealth, ProcessedText, ProcessText, ProcessTexts, ReadBatch, ReadEntities } from './nlp-doors.dto.js';
import { NlpDoorsService } from './nlp-doors.service.js';

/** The former language service, as the gateway's users and its own know it. */
@ApiTags('former interfaces')
@Controller()
@NeedsScope('carts:read')
export class NlpDoorsController {
  constructor(private readonly doors: NlpDoorsService) {}

  @Get('api/nlp/health')
  @Public()
  @Named('formerNlpHealth', 'What reads words here, and how well')
  @Answers({ 200: NlpHealth }, [429])
  health(): NlpHealth {
    return this.doors.health();
  }

  @Post('api/nlp/process')
  @HttpCode(200)
  @Describes('formerNlpProcess', 'Read a sentence; nothing is kept', { 200: ProcessedText }, [413, 415])
  process(@Body({ schema: ProcessText }) { text }: ProcessText): ProcessedText {
    return this.doors.process(text);
  }

  @Post('process')
  @HttpCode(200)
  @Describes('formerProcess', 'Read a sentence as entities; nothing is kept', { 200: ReadEntities }, [413, 415])
  entities(@Body({ schema: ProcessText }) { text }: ProcessText): ReadEntities {
    return this.doors.entities(text);
  }

  @Post('batch')
  @HttpCode(200)
  @Describes('formerBatch', 'Read several sentences as entities', { 200: ReadBatch }, [413, 415])
  batch(@Body({ schema: ProcessTexts }) { texts }: ProcessTexts): ReadBatch {
    return this.doors.batch(texts);
  }
}
