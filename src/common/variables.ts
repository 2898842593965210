import { z } from 'zod';

/* How variables of the environment are written. */

export const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false', '1', '0'])
    .default(fallback ? 'true' : 'false')
    .transform((text) => text === 'true' || text === '1');
export const optionalFlag = () =>
  z
    .enum(['true', 'false', '1', '0'])
    .optional()
    .transform((text) => (text === undefined ? undefined : text === 'true' || text === '1'));
export const whole = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);
export const limit = () => z.coerce.number().int().min(1).max(100_000_000).optional();
export const weight = (fallback: number) => z.coerce.number().min(0).max(10).default(fallback);
export const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `a URL starting with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  });
export const list = () =>
  z.string().transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );
export const secret = () => z.string().min(1).max(20_000);

/** What a module puts into the environment: its `<m>.environment.ts`, gathered by src/environment.ts. */
export interface Variables {
  /** Each variable with its default and its meaning. */
  readonly rows: Readonly<Record<string, z.ZodType>>;
  /** A variable that begins like this and is in nobody's rows is a misspelt one. */
  readonly prefixes?: readonly string[];
  /** Parts of one credential, of which some alone open nothing. */
  readonly together?: readonly (readonly string[])[];
  /** Those that operators may set while the product runs. */
  readonly switches?: readonly string[];
  /** Those that operators may set while it runs and that are stored sealed and never shown. */
  readonly secrets?: readonly string[];
  /** Parts of one credential, each with the variable that keeps what it was before, so that both can be used while it is rotated. */
  readonly rotations?: readonly (readonly { name: string; previous: string }[])[];
}
