/** What plans are made from, read once when the process starts. */
export const LIBRARY = Symbol('nutrition library');
export const PRICES = Symbol('price list');
