/** What is looked for, as it stands in the address of the page. Pure. */
export const RADII = ['2', '5', '10', '25'] as const;
export type Radius = (typeof RADII)[number];

export const ORDERS = ['distance', 'time', 'saving'] as const;
export type Order = (typeof ORDERS)[number];

export interface Look {
  /** As it was typed. */
  place: string;
  radiusKm: Radius;
  /** None: any. */
  chains: readonly string[];
  openNow: boolean;
  by: Order;
}

export function lookOf(query: URLSearchParams): Look {
  const one = <T extends string>(name: string, allowed: readonly T[], usual: T): T =>
    allowed.find((value) => value === query.get(name)) ?? usual;
  return {
    place: query.get('place')?.trim() ?? '',
    radiusKm: one('km', RADII, '5'),
    chains: query.get('chains')?.split(',').filter(Boolean) ?? [],
    openNow: query.get('open') === 'true',
    by: one('by', ORDERS, 'distance'),
  };
}

/** The address of a part of the page that looks so; what is usual is not said. */
export function pathOf({ place, radiusKm, chains, openNow, by }: Look, part = ''): string {
  const query = new URLSearchParams({
    ...(place ? { place } : {}),
    ...(radiusKm === '5' ? {} : { km: radiusKm }),
    ...(chains.length > 0 ? { chains: chains.join(',') } : {}),
    ...(openNow ? { open: 'true' } : {}),
    ...(by === 'distance' ? {} : { by }),
  }).toString();
  return `/near${part}${query ? `?${query}` : ''}`;
}
