import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { databaseNow } from '../../common/clock.js';
import { Answers, Named } from '../../platform/http/answers.decorator.js';
import { Scopes, Tenant } from '../tenants/tenant.decorator.js';
import type { TenantContext } from '../tenants/scopes.js';
import { OFFER_SOURCE_IDS } from './cards.js';
import type { Near } from './offer.js';
import { ToldOffer, toldOffer } from './offering/told-offer.js';
import { OffersService, type FoundOffers } from './offers.service.js';

const FindOffers = z
  .strictObject({
    postalCode: z.string().trim().min(3).max(12).optional(),
    latitude: z.coerce.number().min(-90).max(90).optional(),
    longitude: z.coerce.number().min(-180).max(180).optional(),
    radiusKm: z.coerce.number().gt(0).max(100).default(5),
  })
  .refine(
    ({ postalCode, latitude, longitude }) =>
      postalCode === undefined
        ? latitude !== undefined && longitude !== undefined
        : latitude === undefined && longitude === undefined,
    { error: 'Give either postalCode, or latitude and longitude' },
  );
type FindOffers = z.infer<typeof FindOffers>;

const SourceName = z.enum(OFFER_SOURCE_IDS);
const OfferList = z
  .object({
    data: z.array(ToldOffer.extend({ sourceId: SourceName })),
    failed: z.array(z.object({ sourceId: SourceName, reason: z.string(), detail: z.string() })),
    simulated: z.boolean(),
  })
  .meta({ id: 'OfferList' });

@ApiTags('offers')
@Controller('v1/offers')
export class OffersController {
  constructor(private readonly offers: OffersService) {}

  @Get()
  @Scopes('routes:read')
  @Named('findOffers', 'What shops near a place sell for less now, before it expires')
  @Answers({ 200: OfferList }, [400, 401, 403, 422, 429, 503])
  async find(
    @Tenant() tenant: TenantContext,
    @Query({ schema: FindOffers }) query: FindOffers,
    @Req() request: FastifyRequest,
  ): Promise<
    Pick<FoundOffers, 'failed' | 'simulated'> & {
      data: (ToldOffer & Pick<FoundOffers['offers'][number], 'sourceId'>)[];
    }
  > {
    const gone = new AbortController();
    request.raw.once('close', () => gone.abort());
    const near = placeOf(query);
    const { offers, ...rest } = await this.offers.near(tenant.tenantId, near, gone.signal);
    return { data: toldOffers(offers, near), ...rest };
  }
}

const toldOffers = (offers: FoundOffers['offers'], near: Near) =>
  offers.map(({ sourceId, ...offer }) => ({ ...toldOffer(offer, near, databaseNow()), sourceId }));

function placeOf({ postalCode, latitude, longitude, radiusKm }: FindOffers): Near {
  return postalCode === undefined ? { latitude: latitude!, longitude: longitude!, radiusKm } : { postalCode };
}
