import { z } from 'zod';

const Parts = z.looseObject({ parts: z.array(z.looseObject({ part: z.number(), text: z.string() })) });

/** What an obedient model finds in parts of a shopping message: what stands between commas and joining words. Null for another question. */
export function thingsIn(texts: readonly string[]): string | null {
  for (const text of texts) {
    const asked = Parts.safeParse(jsonOf(text));
    if (!asked.success) continue;
    const things = asked.data.parts.flatMap(({ part, text: said }) =>
      said.split(/,|\band\b|\bog\b|\bif\b|\n/).flatMap((piece) => {
        const [, amount, name] = /^\s*(?:(\d+(?: \w+ of)?)\s+)?(.*?)[\s.!?]*$/.exec(piece) ?? [];
        return name ? [{ part, name, amount: amount ?? null }] : [];
      }),
    );
    return JSON.stringify({ things });
  }
  return null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a block of prose
  }
}
