import { Global, Module } from '@nestjs/common';
import { SwitchesRepository } from './switches.repository.js';
import { SwitchesService } from './switches.service.js';

@Global()
@Module({ providers: [SwitchesRepository, SwitchesService], exports: [SwitchesService] })
export class SwitchesModule {}
