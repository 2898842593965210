import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Describes } from '../../../platform/http/answers.decorator.js';
import { Scopes } from '../../tenants/tenant.decorator.js';
import { WordsAccuracy } from './accuracy.dto.js';
import { AccuracyService } from './accuracy.service.js';

@ApiTags('carts')
@Controller('v1/words')
export class AccuracyController {
  constructor(private readonly accuracy: AccuracyService) {}

  @Get('accuracy')
  @Scopes('carts:read')
  @Describes('getWordsAccuracy', 'How often words are read rightly, set by set', { 200: WordsAccuracy })
  read(): WordsAccuracy {
    return this.accuracy.read();
  }
}
