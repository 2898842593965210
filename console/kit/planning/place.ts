/** Where somebody is, as it was typed. Pure. */
export type Named = { postalCode: string } | { latitude: number; longitude: number } | { address: string };

/** “8000”, “56.15,10.2”, or an address. */
export function placeNamed(text: string): Named {
  const [, code] = /^\s*(?:dk[- ]?)?(\d{4})\s*$/i.exec(text) ?? [];
  if (code !== undefined) return { postalCode: code };
  const [, latitude, longitude] = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text) ?? [];
  if (latitude !== undefined) return { latitude: Number(latitude), longitude: Number(longitude) };
  return { address: text.trim() };
}

/** The same for who looks nothing up: of an address the postal code in it, of several the last; null without one. */
export function placeFound(text: string): Exclude<Named, { address: string }> | null {
  const named = placeNamed(text);
  if (!('address' in named)) return named;
  const code = [...named.address.matchAll(/(?<!\d)\d{4}(?!\d)/g)].at(-1)?.[0];
  return code === undefined ? null : { postalCode: code };
}
