import { Global, Module } from '@nestjs/common';
import { WakingListener } from './waking.listener.js';

/** What is accepted now and done later, of whatever kind. */
@Global()
@Module({ providers: [WakingListener] })
export class OperationsModule {}
