import { SaxesParser } from 'saxes';
import { Unreadable } from '../../reading.js';

const DEEPEST = 100;
const BROKEN = 'The workbook holds a part that is no XML; save it again.';
const DECLARES = 'The workbook declares entities of its own, which no program for sheets does; it is not read.';

/** What is told of elements as they come, by their names without prefixes. */
export interface XmlReader {
  open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
}

/**
 * Reads XML piece by piece. No entity but those of XML itself is known, and a document type is refused, so nothing grows and nothing is
 * fetched. Throws Unreadable for what is not well-formed or nested deeper than 100.
 */
export function readXml(pieces: Iterable<string>, reader: XmlReader): void {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  let depth = 0;
  parser.on('doctype', () => {
    throw new Unreadable(DECLARES);
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > DEEPEST) throw new Unreadable('The workbook is nested deeper than any sheet; it is not read.');
    reader.open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    depth--;
    reader.close?.(localName(name));
  });
  parser.on('text', (text) => reader.text?.(text));
  parser.on('cdata', (text) => reader.text?.(text));
  try {
    for (const piece of pieces) parser.write(piece);
    parser.close();
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(BROKEN, { cause: error });
  }
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The value of an attribute whose prefix is the file's own choice. */
export function prefixed(attributes: Readonly<Record<string, string>>, local: string): string | null {
  const name = Object.keys(attributes).find((one) => one.endsWith(`:${local}`));
  return name === undefined ? null : attributes[name]!;
}
