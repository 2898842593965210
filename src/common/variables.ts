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
