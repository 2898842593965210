import { LoopGPTConnectionError } from './errors.js';

export interface Frame {
  id: string | null;
  event: string;
  data: string;
}

/** The server says something every 15 s; a stream that is silent for longer is broken, though nobody said so. */
const SILENCE_MS = 45_000;

/** Server-sent events out of a body, however its bytes are cut. Comments and retry times are passed over. `onBegun` is called whenever bytes have come. Throws LoopGPTConnectionError when it breaks. */
export async function* framesOf(
  body: ReadableStream<Uint8Array>,
  onBegun: () => void = () => undefined,
): AsyncGenerator<Frame> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await spoken(reader.read());
      if (done) return;
      onBegun();
      text += decoder.decode(value, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const frame = frameOf(text.slice(0, end));
        text = text.slice(end + 2);
        if (frame) yield frame;
      }
    }
  } finally {
    // Left early: the connection is not wanted any more. It may be broken already, which is no news.
    await reader.cancel().catch(() => undefined);
  }
}

function frameOf(block: string): Frame | null {
  const fields = block.split('\n').map((line) => /^(id|event|data): ?(.*)$/.exec(line));
  const valuesOf = (name: string) => fields.flatMap((field) => (field?.[1] === name ? [field[2]!] : []));
  const data = valuesOf('data');
  if (data.length === 0) return null;
  return { id: valuesOf('id').at(-1) ?? null, event: valuesOf('event').at(-1) ?? 'message', data: data.join('\n') };
}

async function spoken<T>(reading: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('nothing came for 45 s')), SILENCE_MS);
  });
  try {
    return await Promise.race([reading, silence]);
  } catch (cause) {
    throw new LoopGPTConnectionError('the stream broke', { cause });
  } finally {
    clearTimeout(timer);
  }
}
