import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { Scopes } from '../../tenants/tenant.decorator.js';
import { Scorecards } from './scorecard.dto.js';
import { ScorecardsService } from './scorecards.service.js';

/** How providers do, for operators. */
@ApiTags('operators')
@Controller('admin/v1/scorecard')
@Scopes('admin')
export class ScorecardController {
  constructor(private readonly scorecards: ScorecardsService) {}

  @Get()
  @Named('getScorecard', 'Speed, failures, wins and honesty of each provider over an hour, a day and a week')
  @Answers({ 200: Scorecards }, [401, 403, 429, 503])
  get(): Promise<Scorecards> {
    return this.scorecards.get();
  }
}
