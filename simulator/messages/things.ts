import { z } from 'zod';
import { firstOf } from './asked.js';

const Parts = z.looseObject({ parts: z.array(z.looseObject({ part: z.number(), text: z.string() })) });

/** What an obedient model finds in parts of a shopping message: what stands between commas and joining words. Null for another question. */
export function thingsIn(texts: readonly string[]): string | null {
  const asked = firstOf(Parts, texts);
  const things = asked?.parts.flatMap(({ part, text: said }) =>
    said.split(/,|\band\b|\bog\b|\bif\b|\n/).flatMap((piece) => {
      const [, amount, name] = /^\s*(?:(\d+(?: \w+ of)?)\s+)?(.*?)[\s.!?]*$/.exec(piece) ?? [];
      return name ? [{ part, name, amount: amount ?? null }] : [];
    }),
  );
  return things ? JSON.stringify({ things }) : null;
}
