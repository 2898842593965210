import { Unreadable } from '../../reading.js';
import type { Cell } from '../opened.js';
import type { Parts } from './parts.js';
import { readXml } from './xml.js';

const MOST = 1_000_000;

/** The texts that cells name by their place, each as one cell for all that name it; how they are pronounced is left out. */
export function sharedStringsIn(parts: Parts, path: string | null): Cell[] {
  const cells: Cell[] = [];
  if (path === null || !parts.has(path)) return cells;
  let [text, isText, isSound] = ['', false, false];
  readXml(parts.textOf(path), {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') isText = true;
      else if (name === 'rPh') isSound = true;
    },
    text: (piece) => {
      if (isText && !isSound) text += piece;
    },
    close: (name) => {
      if (name === 't') isText = false;
      else if (name === 'rPh') isSound = false;
      else if (name === 'si') {
        if (cells.length >= MOST)
          throw new Unreadable('The workbook holds more than 1,000,000 texts; send it in parts.');
        cells.push({ text: plainText(text), link: null });
      }
    },
  });
  return cells;
}

/** Signs that XML cannot hold are written as `_x000D_`. */
export const plainText = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
