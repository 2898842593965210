import { z } from 'zod';

export const SignIn = z.strictObject({
  apiKey: z.string().min(1).max(2000).describe('an API key; the session may do what it may, and ends with it'),
});
export type SignIn = z.infer<typeof SignIn>;

export const Session = z
  .object({
    tenantId: z.string(),
    tenantName: z.string().describe('whose key it is, as people call them'),
    keyId: z.string(),
    scopes: z.array(z.string()),
    csrfToken: z.string().describe('to be sent as X-CSRF-Token with everything but GET and HEAD'),
    expiresAt: z.iso.datetime().describe('renew before'),
    endsAt: z.iso.datetime().describe('beyond this it is not renewed: sign in again'),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;
