import { Global, Module } from '@nestjs/common';
import { InForceService } from './in-force.service.js';
import { SwitchesRepository } from './switches.repository.js';
import { SwitchesService } from './switches.service.js';

@Global()
@Module({
  providers: [InForceService, SwitchesRepository, SwitchesService],
  exports: [InForceService, SwitchesService],
})
export class SwitchesModule {}
