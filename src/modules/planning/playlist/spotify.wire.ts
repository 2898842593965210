import { z } from 'zod';

/** Spotify's replies: only the fields we use. */
export const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** Since November 2024 a playlist that may not be shown is a null among the others. */
export const Found = z.object({
  playlists: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() }).nullable()) }),
});
