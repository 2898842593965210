import type { ReadLine } from './deciding/answering.js';

/** Reads words that answer a question; whoever only takes answers reaches none of how words are read. */
export abstract class LineReader {
  abstract readonly read: ReadLine;
}
