import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { OperatorsRead } from '../../tenants/tenant.decorator.js';
import { EdgeLogs, ListEdgeLogs, Scorecards, Timeouts } from './scorecard.dto.js';
import { ScorecardsService } from './scorecards.service.js';

/** How providers do, for operators. */
@ApiTags('operators')
@Controller('admin/v1')
@OperatorsRead()
export class ScorecardController {
  constructor(private readonly scorecards: ScorecardsService) {}

  @Get('scorecard')
  @Named('getScorecard', 'Speed, failures, wins and honesty of each provider over an hour, a day and a week')
  @Answers({ 200: Scorecards }, [401, 403, 429, 503])
  get(): Promise<Scorecards> {
    return this.scorecards.get();
  }

  @Get('timeouts')
  @Named('listTimeouts', 'A timeout for each provider by its last day, and what it would have changed')
  @Answers({ 200: Timeouts }, [401, 403, 429, 503])
  timeouts(): Promise<Timeouts> {
    return this.scorecards.timeouts();
  }

  @Get('edge-logs')
  @Named('listEdgeLogs', 'Answers and decisions of the last day as they were logged, newest first')
  @Answers({ 200: EdgeLogs }, [400, 401, 403, 429, 503])
  logs(@Query({ schema: ListEdgeLogs }) query: ListEdgeLogs): Promise<EdgeLogs> {
    return this.scorecards.logs(query);
  }
}
