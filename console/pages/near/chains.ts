/** As they write themselves. */
const NAMES: Readonly<Record<string, string>> = { foetex: 'føtex', basalt: 'BASALT', carlsjr: 'Carl’s Jr.' };

export const chainName = (chain: string): string => NAMES[chain] ?? chain.replace(/^./, (first) => first.toUpperCase());
