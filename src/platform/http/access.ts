import { SetMetadata } from '@nestjs/common';

/** What a handler asks of the key that a caller presents; the guard of keys goes by it. */
export const NEEDED_SCOPE = 'loopgpt:scope';
export const TOKEN_READS = 'loopgpt:token-reads';

/** The scope a key needs for this handler; of several, one will do. */
export const NeedsScope = (...scopes: string[]) => SetMetadata(NEEDED_SCOPE, scopes);

/** A browser token will do, too: of the thing named by `id` in the path, or of what the handler itself looks at. */
export const ReadsByToken = (what: TokenReads = 'id') => SetMetadata(TOKEN_READS, what);
export type TokenReads = 'id' | 'handler';
