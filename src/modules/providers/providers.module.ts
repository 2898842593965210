import { Module } from '@nestjs/common';
import { CallBudgets } from './call-budgets.js';
import { ProvidersController } from './providers.controller.js';
import { QuotesService } from './quotes.service.js';

@Module({ controllers: [ProvidersController], providers: [CallBudgets, QuotesService], exports: [QuotesService] })
export class ProvidersModule {}
