import { Global, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { Accepting } from './accepting.js';
import { Backlog } from './backlog.js';
import { Dispatch } from './dispatch.js';
import { Forgotten } from './forgotten.js';
import { Operations } from './operations.js';
import { OperationsRelay } from './operations.relay.js';
import { WakingListener } from './waking.listener.js';

/** What is accepted now and done later, of whatever kind. */
@Global()
@Module({
  providers: [Accepting, Backlog, Dispatch, Forgotten, Operations, OperationsRelay, WakingListener],
  exports: [Forgotten, Operations],
})
export class OperationsModule implements OnApplicationBootstrap {
  constructor(private readonly relay: OperationsRelay) {}

  onApplicationBootstrap(): void {
    this.relay.start();
  }
}
