import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Describes } from '../../../platform/http/answers.decorator.js';
import { notModified, sendWithEtag } from '../../../platform/http/etag.js';
import { AlsoAs, answerText, preferredType } from '../../../platform/http/representations.js';
import { Scopes } from '../../tenants/tenant.decorator.js';
import { CookbookService } from './cookbook.service.js';
import { recipeAs, RECIPE_TYPES } from './recipe-page.js';
import { ListRecipes, ReadRecipe, RecipeList, RecipeResource } from './recipes.dto.js';

const READ = 'Read a recipe for so many servings; also as Markdown or to print, by Accept';

@ApiTags('recipes')
@Controller('v1/recipes')
export class RecipesController {
  constructor(private readonly cookbook: CookbookService) {}

  @Get()
  @Scopes('plans:read')
  @Describes('listRecipes', 'List the recipes that plans are made of', { 200: RecipeList })
  list(@Query({ schema: ListRecipes }) query: ListRecipes): RecipeList {
    return this.cookbook.list(query);
  }

  @Get(':slug')
  @Scopes('plans:read')
  @AlsoAs(...RECIPE_TYPES)
  @Describes('getRecipe', READ, { 200: RecipeResource, 304: null }, [404])
  get(
    @Param('slug') slug: string,
    @Query({ schema: ReadRecipe }) { servings }: ReadRecipe,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): RecipeResource | string | undefined {
    const recipe = this.cookbook.get(slug, servings);
    const type = preferredType(request.headers.accept, RECIPE_TYPES);
    if (type !== null) return answerText(request, reply, recipeAs(type, recipe));
    reply.header('Vary', 'Accept');
    return notModified(sendWithEtag(reply, recipe), request) ? void reply.status(304) : recipe;
  }
}
