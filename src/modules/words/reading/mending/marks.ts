import type { Label } from '../learned/labels.js';

/** Names of goods that are said for other things as often. */
export const NOT_GOODS = new Set(
  'list cart order food meal meals dinner lunch breakfast party ice time light water line total call play club date dates fire is and bar can pop meat coke card tea mint'.split(
    ' ',
  ),
);

/** Where a listed name begins. */
export const isGoods = (mark: string | undefined): boolean => mark === 'S' || mark === 'B';
export const isNamePart = (label: Label | undefined): boolean => label !== undefined && /[nN]/.test(label);

/** Goods that before others tell of which kind they are: "orange pumpkin", "chocolate milk". */
export const FLAVOURS =
  /^(orange|lemon|lime|chocolate|vanilla|strawberry|raspberry|coconut|caramel|honey|garlic|mint|almond|oat|soy|olive|rye|wheat|corn|rice|hazelnut|cherry|peach|banana|mango|grape|grapefruit|blueberry|blackcurrant|jordbær|hindbær|citron|vanille|chokolade|solbær)$/;
