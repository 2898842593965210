import { z } from 'zod';

export const Link = z.object({ products_link_url: z.url({ protocol: /^https$/ }) });

export const Retailers = z.object({ retailers: z.array(z.unknown()) });
