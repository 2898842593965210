import type { z } from 'zod';

/** The first of the blocks of a question that is JSON of this shape; null where none is. */
export function firstOf<T>(schema: z.ZodType<T>, texts: readonly string[]): T | null {
  for (const text of texts) {
    const parsed = schema.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
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
