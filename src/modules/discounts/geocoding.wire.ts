import { z } from 'zod';

/** Google's Geocoding API: only the fields we use. */
export const Geocoded = z.object({
  status: z.string(),
  results: z.array(
    z.object({
      geometry: z.object({
        location: z.object({ lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180) }),
        location_type: z.string(),
      }),
    }),
  ),
});
