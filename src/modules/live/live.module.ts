import {
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Config } from '../../config.js';
import { tellers } from '../../operations/catalogue.js';
import { liveControllerOf } from './live.controller.js';
import { LiveHub } from './live.hub.js';
import { LiveRepository } from './live.repository.js';
import { LiveService } from './live.service.js';
import { GatewayDesk } from './gateway/desk.js';
import { GatewayController } from './gateway/gateway.controller.js';
import { GatewayHealthController } from './gateway/gateway-health.controller.js';
import { GatewayService } from './gateway/gateway.service.js';
import { HouseDesk } from './gateway/house-desk.service.js';
import { ManyController } from './many/many.controller.js';
import { ManyService } from './many/many.service.js';
import { ProgressListener } from './progress.listener.js';
import { PullController } from './pull.controller.js';
import { PullService } from './pull.service.js';
import { Handshakes } from './socket/handshakes.js';
import { LiveSockets } from './socket/live.sockets.js';
import { SocketController } from './socket/socket.controller.js';
import { StreamSlots } from './stream-slots.js';

/** Telling the one who waits. Only beside the API. */
@Module({})
export class LiveModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly hub: LiveHub,
    private readonly sockets: LiveSockets,
    private readonly slots: StreamSlots,
  ) {}

  static forConfig(config: Config): DynamicModule {
    return {
      module: LiveModule,
      controllers: config.roles.has('api')
        ? [
            ...tellers().map(liveControllerOf),
            GatewayController,
            GatewayHealthController,
            ManyController,
            PullController,
            SocketController,
          ]
        : [],
      providers: [
        // They tell of what only a process with the API has the rooms of.
        ...(config.roles.has('api') ? [GatewayService, { provide: GatewayDesk, useClass: HouseDesk }] : []),
        Handshakes,
        LiveHub,
        LiveRepository,
        LiveService,
        LiveSockets,
        ManyService,
        ProgressListener,
        PullService,
        StreamSlots,
      ],
    };
  }

  onApplicationBootstrap(): void {
    this.hub.start();
    this.sockets.start();
  }

  /** Before the server closes: it would wait for open streams and sockets. */
  async beforeApplicationShutdown(): Promise<void> {
    this.slots.close();
    await this.sockets.stop();
    await this.hub.stop();
  }
}
