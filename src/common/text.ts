import type { FieldError } from './errors.js';

/**
 * The one rule for text that comes from outside: Unicode without NUL, without half of a surrogate pair and without control characters,
 * but for tab and line break (LF, or CR LF as Windows writes it). Whatever keeps it can store it, and nothing that shows it is steered
 * by it. Callers are told; what providers, models and files say is cleaned.
 */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\r(?!\n)|\p{Surrogate}/u;
const EACH_UNFIT = new RegExp(UNFIT, 'gu');
/** Where JSON has none of these escapes, its texts have nothing unfit: JSON takes no control character as it is. */
const MAY_BE_UNFIT = /\\[ubfr]/;
// oxlint-disable-next-line no-control-regex -- as above
const RAW_CONTROLS = /[\u0000-\u001f]/g;

/** Why a text is refused, as a sentence for its caller; null for one that is fine. */
export function textFault(text: string): string | null {
  const [found] = UNFIT.exec(text) ?? [];
  if (found === undefined) return null;
  const code = found.charCodeAt(0);
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return code >= 0xd800
    ? `holds half of a surrogate pair (${name}), which is no character`
    : `holds the control character ${name}; of those only tab and line break are taken`;
}

/** To a member by its name, as a JSON pointer (RFC 6901). */
export const pointerTo = (name: string, pointer: string): string =>
  `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The faults of all texts and names in a value, as pointers into it. At most 20. */
export function textFaults(value: unknown, pointer = '', faults: FieldError[] = []): FieldError[] {
  if (faults.length >= 20) return faults;
  if (typeof value === 'string') {
    const detail = textFault(value);
    if (detail !== null) faults.push({ pointer, detail });
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => textFaults(item, `${pointer}/${index}`, faults));
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const place = pointerTo(name, pointer);
      const detail = textFault(name);
      if (detail !== null) faults.push({ pointer: place, detail: `this name ${detail}` });
      textFaults(member, place, faults);
    }
  }
  return faults;
}

/** What is unfit in a text is taken out: white space becomes a space, half a pair the replacement character, the rest goes. */
export function cleanText(text: string): string {
  return text.replace(EACH_UNFIT, (found) =>
    /[\r\v\f]/.test(found) ? ' ' : found.charCodeAt(0) >= 0xd800 ? '\ufffd' : '',
  );
}

/**
 * A name out of a file, cleaned, and without the marks that turn the direction of what is shown (bidirectional controls, Unicode UAX #9):
 * nobody sees them, and what stands after them is shown as something else. Callers may use them.
 */
export const cleanName = (text: string): string => cleanText(text).replaceAll(/\p{Bidi_Control}/gu, '');

/** Whether texts of a JSON document may break the rule: most have no such escape and need no second look. */
export const mayBeUnfit = (json: string): boolean => MAY_BE_UNFIT.test(json);

/** The value of somebody else's JSON, its texts cleaned; undefined when it is none. */
export function cleanJson(json: string): unknown {
  const value = parsed(json) ?? parsed(json.replaceAll(RAW_CONTROLS, ' '));
  return mayBeUnfit(json) ? cleaned(value) : value;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** A value whose texts and names are cleaned. */
export function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [cleanText(name), cleaned(member)]));
}
