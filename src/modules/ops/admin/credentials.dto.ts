import { z } from 'zod';

const Moment = z.iso.datetime().nullable();

export const CredentialList = z
  .object({
    data: z.array(
      z.object({
        sourceId: z.string(),
        variables: z.array(z.string()),
        state: z.enum(['missing', 'environment', 'switch']).describe('where they come from'),
        setAt: Moment.describe('when operators set them; null of the environment’s, whose age nobody tells'),
        ageDays: z.number().nullable(),
        expiresAt: Moment.describe('as LOOPGPT_<provider>_CREDENTIALS_EXPIRE says'),
        expiresInDays: z.number().nullable(),
        lastUsedAt: Moment.describe('by any process, to the minute; real calls only'),
        lastRefusedAt: Moment.describe(
          'when the provider last refused them, where it has not answered to them since; those before are asked with then',
        ),
        previousLastUsedAt: Moment.describe(
          'of those before, while they are kept (<variable>_PREVIOUS): withdraw them once this stands still',
        ),
      }),
    ),
  })
  .meta({ id: 'CredentialList' });
export type CredentialList = z.infer<typeof CredentialList>;
