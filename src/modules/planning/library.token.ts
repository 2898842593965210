/** What plans are made from, read once when the process starts. */
export const LIBRARY = Symbol('nutrition library');
