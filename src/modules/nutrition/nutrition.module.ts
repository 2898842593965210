import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../../config.js';
import { CookbookService } from './cookbook/cookbook.service.js';
import { RecipesController } from './cookbook/recipes.controller.js';

/** Food facts. What plans count with is read from `library.ts`; here is what callers may read. */
@Module({})
export class NutritionModule {
  static forConfig(config: Config): DynamicModule {
    const isApi = config.roles.has('api');
    return {
      module: NutritionModule,
      controllers: isApi ? [RecipesController] : [],
      providers: isApi ? [CookbookService] : [],
    };
  }
}
