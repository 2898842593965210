import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { Signer } from '../../../platform/crypto/signer.js';
import { Public } from '../../tenants/tenant.decorator.js';

export const KeySet = z
  .object({
    keys: z.array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string(),
        kid: z.string(),
        use: z.literal('sig'),
        alg: z.literal('EdDSA'),
      }),
    ),
  })
  .meta({ id: 'KeySet' });
type KeySet = z.infer<typeof KeySet>;

/** The public keys that decision records are verified with (RFC 7517). */
@ApiTags('routes')
@Controller('.well-known')
@Public()
export class KeysController {
  constructor(private readonly signer: Signer) {}

  @Get('jwks.json')
  @Header('Cache-Control', 'public, max-age=300')
  @Named('getKeys', 'The keys that sign decision records, those before a rotation too')
  @Answers({ 200: KeySet }, [429])
  keys(): KeySet {
    return { keys: [...this.signer.publicKeys] };
  }
}
