/** What a till calls something, for people to read: “DEMO SKYR 1 KG” is “Demo skyr 1 kg”. */
export function tillName(name: string): string {
  if (name !== name.toUpperCase()) return name;
  return name[0] + name.slice(1).toLowerCase();
}

/** The same without how much is in a pack. */
export const goodsName = (name: string): string =>
  tillName(name.replace(/\s+\d+(?:[.,]\d+)?\s*(?:kg|g|l|dl|cl|ml|stk)\.?\s*$/i, ''));
