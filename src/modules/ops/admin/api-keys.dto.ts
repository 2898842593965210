import { z } from 'zod';
import { SCOPES, type Scope } from '../../tenants/scopes.js';
import { Why } from './switches.dto.js';

const KeyId = z.string().regex(/^[a-z0-9]{12}$/);
const Name = z.string().trim().min(1).max(100);
const TenantId = z.string().regex(/^ten_[A-Za-z0-9_-]{1,60}$/);
const MOST_DAYS = 3650;

export const ListKeys = z.strictObject({
  tenantId: TenantId.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: KeyId.optional(),
});
export type ListKeys = z.infer<typeof ListKeys>;

const Key = z.object({
  id: z.string(),
  tenantId: z.string(),
  tenantName: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable().describe('to the minute'),
});

export const KeyList = z.object({ data: z.array(Key), nextCursor: z.string().nullable() }).meta({ id: 'KeyList' });
export type KeyList = z.infer<typeof KeyList>;

export const CreateKey = z
  .strictObject({
    tenantId: TenantId.optional().describe('whose it is, if there is such a tenant'),
    tenantName: Name.optional().describe('of a new tenant, whose first key it is'),
    name: Name.describe('what it is for'),
    scopes: z
      .array(z.enum(SCOPES as [Scope, ...Scope[]]))
      .min(1)
      .max(SCOPES.length),
    expiresInDays: z.int().min(1).max(MOST_DAYS).nullable().describe('null: it never expires'),
    why: Why,
  })
  .refine(({ tenantId, tenantName }) => (tenantId === undefined) !== (tenantName === undefined), {
    message: 'name a tenant there is, or a new one, and not both',
    path: ['tenantId'],
  })
  .meta({ id: 'CreateKey' });
export type CreateKey = z.infer<typeof CreateKey>;

export const MadeKey = z
  .object({
    id: z.string(),
    tenantId: z.string(),
    key: z.string().describe('shown now and never again: only its hash is kept'),
  })
  .meta({ id: 'MadeKey' });
export type MadeKey = z.infer<typeof MadeKey>;

export const RevokeKey = z.strictObject({ why: Why }).meta({ id: 'RevokeKey' });
export type RevokeKey = z.infer<typeof RevokeKey>;
