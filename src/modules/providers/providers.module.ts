import { Module } from '@nestjs/common';
import { ProvidersController } from './providers.controller.js';
import { QuotesService } from './quotes.service.js';

@Module({ controllers: [ProvidersController], providers: [QuotesService], exports: [QuotesService] })
export class ProvidersModule {}
