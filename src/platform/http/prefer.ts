/** RFC 7240 §2 over RFC 9110 §5.6: a preference or a parameter of one, and its value if it has any. */
const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const PAIR = new RegExp(`[ \\t]*(${TOKEN})(?:[ \\t]*=[ \\t]*(?:(${TOKEN})|"((?:[^"\\\\]|\\\\.)*)"))?[ \\t]*`, 'y');

/** The preferences that a header states, by their names in lower case; of one stated twice the first. What is no preference is passed over. */
export function preferencesIn(header: string | string[] | undefined): Map<string, string> {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  const preferences = new Map<string, string>();
  let place = 0;
  let isParameter = false;
  while (place < text.length) {
    PAIR.lastIndex = place;
    const pair = PAIR.exec(text);
    const end = pair ? PAIR.lastIndex : place;
    const separator = text[end];
    if (pair && (separator === undefined || separator === ',' || separator === ';')) {
      const [, name, token, quoted] = pair;
      const known = preferences.has(name!.toLowerCase());
      if (!isParameter && !known) preferences.set(name!.toLowerCase(), token ?? unescaped(quoted ?? ''));
      place = end + 1;
      isParameter = separator === ';';
    } else if (separator === ',' || separator === ';') {
      // An empty element of the list or an empty parameter, which both grammars allow.
      place = end + 1;
      isParameter = separator === ';';
    } else {
      place = nextElement(text, end);
      isParameter = false;
    }
  }
  return preferences;
}

/** Behind the next comma outside quotes. */
function nextElement(text: string, from: number): number {
  let inQuotes = false;
  for (let place = from; place < text.length; place++) {
    if (inQuotes && text[place] === '\\') place++;
    else if (text[place] === '"') inQuotes = !inQuotes;
    else if (text[place] === ',' && !inQuotes) return place + 1;
  }
  return text.length;
}

const unescaped = (quoted: string): string => quoted.replaceAll(/\\(.)/g, '$1');

/**
 * Seconds a caller is ready to wait, from `Prefer: wait=n` (RFC 7240 §4.3), capped at `maxSeconds`; null without a usable preference,
 * which by that RFC is then ignored.
 */
export function preferredWait(header: string | string[] | undefined, maxSeconds: number): number | null {
  const wait = preferencesIn(header).get('wait');
  return wait !== undefined && /^\d+$/.test(wait) ? Math.min(maxSeconds, Number(wait)) : null;
}
