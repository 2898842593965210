import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { OperatorsRead } from '../../tenants/tenant.decorator.js';
import { ExperimentResults } from './experiments.dto.js';
import { ExperimentsService } from './experiments.service.js';

/** What experiments with weights came to. One is begun, changed and ended as any setting is: `LOOPGPT_EXPERIMENT`. */
@ApiTags('operators')
@Controller('admin/v1/experiments')
@OperatorsRead()
export class ExperimentsController {
  constructor(private readonly experiments: ExperimentsService) {}

  @Get()
  @Named('listExperiments', 'Price, time, commission and confirmations of each arm, with intervals; newest first')
  @Answers({ 200: ExperimentResults }, [401, 403, 429, 503])
  list(): Promise<ExperimentResults> {
    return this.experiments.list();
  }
}
