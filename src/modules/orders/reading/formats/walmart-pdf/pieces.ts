import { Unreadable } from '../../reading.js';

/** A piece of text where a PDF puts it, in points from the left and from the bottom. */
export interface Piece {
  page: number;
  text: string;
  x: number;
  y: number;
  right: number;
  height: number;
}

const MOST_PAGES = 60;
const MOST_PIECES = 30_000;
const TOO_MUCH = 'The PDF holds more than 60 pages or 30,000 pieces of text; that is no receipt.';
const BROKEN = 'The PDF is cut off or damaged; save it again.';
const LOCKED = 'The PDF is locked with a password; save it without one.';

/**
 * All pieces of text of a PDF. Its reader is large and is loaded when a PDF comes, and not before. Nothing in the file is run, drawn or
 * fetched. Throws Unreadable.
 */
export async function piecesOf(bytes: Uint8Array): Promise<Piece[]> {
  const { getDocumentProxy } = await import('unpdf');
  let open: Awaited<ReturnType<typeof getDocumentProxy>> | null = null;
  try {
    open = await getDocumentProxy(Uint8Array.from(bytes), {
      isEvalSupported: false,
      useSystemFonts: false,
      disableFontFace: true,
      enableXfa: false,
      stopAtErrors: true,
      maxImageSize: 1,
      verbosity: 0,
    });
    if (open.numPages > MOST_PAGES) throw new Unreadable(TOO_MUCH);
    const pieces: Piece[] = [];
    for (let page = 1; page <= open.numPages; page++) {
      const text = (await open.getPage(page)).streamTextContent() as ReadableStream<{ items: TextItem[] }>;
      await collect(text.getReader(), page, pieces);
    }
    return pieces;
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable((error as Error).name === 'PasswordException' ? LOCKED : BROKEN, { cause: error });
  } finally {
    await open?.destroy();
  }
}

/** As its reader gives them; it puts spaces of no height into gaps. */
interface TextItem {
  str?: string;
  transform?: number[];
  width?: number;
  height?: number;
}

async function collect(
  reader: ReadableStreamDefaultReader<{ items: TextItem[] }>,
  page: number,
  pieces: Piece[],
): Promise<void> {
  for (let seen = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return;
    seen += value.items.length;
    for (const { str, transform, width = 0, height = 0 } of value.items) {
      const [x, y] = [transform?.[4], transform?.[5]];
      if (str === undefined || str.trim() === '' || x === undefined || y === undefined) continue;
      pieces.push({ page, text: str, x, y, right: x + width, height });
    }
    if (seen <= MOST_PIECES && pieces.length <= MOST_PIECES) continue;
    // What is over is not even read.
    await reader.cancel(new Error(TOO_MUCH));
    throw new Unreadable(TOO_MUCH);
  }
}
