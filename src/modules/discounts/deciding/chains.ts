/** A chain by its letters: "føtex" is the source's "foetex". Pure. */
const lettersOf = (chain: string): string =>
  chain
    .toLowerCase()
    .replaceAll('ø', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('å', 'aa')
    .replaceAll(/[^a-z0-9]/g, '');

/** Whether a store is of one of these chains; of any, where none is named. */
export function isOfChains(
  { brand, name }: { brand: string | null; name: string },
  chains: readonly string[] | null,
): boolean {
  return chains === null || chains.some((chain) => lettersOf(chain) === lettersOf(brand ?? name));
}
