import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../../config.js';
import { workerOf } from '../../queues/job.processor.js';
import { GeocodingService } from '../discounts/geocoding.service.js';
import { shippedLibrary, type Library } from '../nutrition/library.js';
import { CheckingController } from './checking/checking.controller.js';
import { CheckingService } from './checking/checking.service.js';
import { GeneratorController } from './former/generator.controller.js';
import { OptimizeController } from './former/optimize.controller.js';
import { OptimizingService } from './former/optimizing.service.js';
import { PlanHealthController } from './former/plan-health.controller.js';
import { ValidatorController } from './former/validator.controller.js';
import { HoldsController } from './holding/holds.controller.js';
import { HoldsService } from './holding/holds.service.js';
import { IntakeController } from './intake/intake.controller.js';
import { IntakeService } from './intake/intake.service.js';
import { UsersRepository } from './intake/users.repository.js';
import { LIBRARY, PLACE_OF, PLAN_AS, SHORTLIST, SWAP_REFUSALS } from './library.token.js';
import { CartService } from './making/cart.service.js';
import { ClearingService } from './making/clearing.service.js';
import { NamingService } from './making/naming.service.js';
import { DraftingService } from './making/drafting.service.js';
import { GenerateProcessor } from './making/generate.processor.js';
import { GenerationService } from './making/generation.service.js';
import { MakingRepository } from './making/making.repository.js';
import { ReservationsRepository } from './making/reservations.repository.js';
import { shortlistOf } from './needs/shortlist.js';
import { PlanOperation } from './plan.operation.js';
import { PlanningController } from './planning.controller.js';
import { PlanningRepository } from './planning.repository.js';
import { PlanningService } from './planning.service.js';
import { PlaylistService } from './playlist/playlist.service.js';
import { planAs } from './reading/plan-page.js';
import type { PlanRequest } from './solver/plan.js';
import { Solver } from './solver/solver.service.js';
import { swapRefusals, type SwapRefusals } from './solver/swap-meal.js';
import { SwapService } from './swapping/swap.service.js';
import { CartsOfPlansController } from './making/carts.controller.js';
import { SwapsController } from './swapping/swaps.controller.js';

/** The week's meals. The API accepts and shows plans; the planner makes them. */
@Module({})
export class PlanningModule {
  static forConfig(config: Config): DynamicModule {
    return {
      module: PlanningModule,
      // Built once for the process: the floors above ask for its services without importing it again.
      global: true,
      controllers: config.roles.has('api')
        ? [
            PlanningController,
            CheckingController,
            ValidatorController,
            CartsOfPlansController,
            SwapsController,
            HoldsController,
            IntakeController,
            GeneratorController,
            PlanHealthController,
            OptimizeController,
          ]
        : [],
      providers: [
        { provide: LIBRARY, useFactory: shippedLibrary },
        { provide: PLAN_AS, useValue: planAs },
        {
          provide: PLACE_OF,
          inject: [GeocodingService],
          useFactory: (geocoding: GeocodingService) => (address: string) => geocoding.find(address),
        },
        {
          provide: SHORTLIST,
          inject: [LIBRARY],
          useFactory: (library: Library) => (request: PlanRequest) => shortlistOf(request, library),
        },
        {
          provide: SWAP_REFUSALS,
          inject: [LIBRARY],
          useFactory:
            (library: Library): SwapRefusals =>
            (request, plan, wish) =>
              swapRefusals(request, library, plan, wish),
        },
        CartService,
        CheckingService,
        ClearingService,
        NamingService,
        DraftingService,
        GenerationService,
        HoldsService,
        IntakeService,
        MakingRepository,
        OptimizingService,
        PlanOperation,
        PlanningRepository,
        PlanningService,
        PlaylistService,
        ReservationsRepository,
        Solver,
        SwapService,
        UsersRepository,
        ...(config.roles.has('planner') ? [workerOf(config, 'plans', GenerateProcessor)] : []),
      ],
      exports: [IntakeService, PlanningService],
    };
  }
}
