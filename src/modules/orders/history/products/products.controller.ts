import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NeedsScope } from '../../../../platform/http/access.js';
import { Describes } from '../../../../platform/http/answers.decorator.js';
import { Id } from '../../../../platform/http/parameters.decorator.js';
import type { TenantContext } from '../../../tenants/scopes.js';
import { Tenant } from '../../../tenants/tenant.decorator.js';
import {
  JoinProduct,
  LikelyProducts,
  ListLikely,
  PartProduct,
  ProductList,
  ProductResource,
  SearchProducts,
} from './products.dto.js';
import { ProductsService } from './products.service.js';

const BODY = [404, 409, 413, 415];

@ApiTags('history')
@Controller('v1/products')
export class ProductsController {
  constructor(private readonly products: ProductsService) {}

  @Get()
  @NeedsScope('imports:read')
  @Describes('searchProducts', 'Search the products of the history', { 200: ProductList })
  list(
    @Tenant() { tenantId }: TenantContext,
    @Query({ schema: SearchProducts }) query: SearchProducts,
  ): Promise<ProductList> {
    return this.products.search(tenantId, query);
  }

  @Get(':id')
  @NeedsScope('imports:read')
  @Describes('getProduct', 'Read a product: what was bought of it, and how often', { 200: ProductResource }, [404])
  get(@Tenant() { tenantId }: TenantContext, @Id('prd') id: string): Promise<ProductResource> {
    return this.products.get(tenantId, id);
  }

  @Get(':id/likely')
  @NeedsScope('imports:read')
  @Describes('listLikelyProducts', 'Products that may be this one, the likeliest first', { 200: LikelyProducts }, [404])
  likely(
    @Tenant() { tenantId }: TenantContext,
    @Id('prd') id: string,
    @Query({ schema: ListLikely }) { limit }: ListLikely,
  ): Promise<LikelyProducts> {
    return this.products.likely(tenantId, id, limit);
  }

  @Post(':id/join')
  @HttpCode(200)
  @NeedsScope('imports:write')
  @Describes('joinProducts', 'Say that two products are one, for good', { 200: ProductResource }, BODY)
  join(
    @Tenant() { tenantId }: TenantContext,
    @Id('prd') id: string,
    @Body({ schema: JoinProduct }) { productId }: JoinProduct,
  ): Promise<ProductResource> {
    return this.products.join(tenantId, id, productId);
  }

  @Post(':id/part')
  @HttpCode(200)
  @NeedsScope('imports:write')
  @Describes('partProducts', 'Say that products are not one, for good', { 200: ProductResource }, BODY)
  part(
    @Tenant() { tenantId }: TenantContext,
    @Id('prd') id: string,
    @Body({ schema: PartProduct }) { productId }: PartProduct,
  ): Promise<ProductResource> {
    return this.products.part(tenantId, id, productId);
  }
}
