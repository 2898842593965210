import { LoopGPTError } from '../../../sdk/client.js';
import { hintOf } from '../client/field-hints.js';

export interface Faults {
  /** What the API says of one field; null where it says nothing of it. */
  of: (field: string) => string | null;
  /** Whether all that it says is of these fields, so that it need not be said again. */
  areOf: (fields: readonly string[]) => boolean;
}

/** What was refused of a body, by its fields: in its own words where English is spoken, else by what each field takes. */
export function faultsIn(error: Error | null): Faults {
  const told = error instanceof LoopGPTError ? error.errors : [];
  const fieldOf = (pointer: string): string => pointer.split('/')[1] ?? '';
  return {
    of: (field) =>
      told
        .filter(({ pointer }) => fieldOf(pointer) === field)
        .map((one) => hintOf(one).said)
        .filter((hint, at, all) => all.indexOf(hint) === at)
        .join(' ') || null,
    areOf: (fields) => told.length > 0 && told.every(({ pointer }) => fields.includes(fieldOf(pointer))),
  };
}
