import { request } from 'undici';
import { apisIn } from '../../src/platform/running.js';

const TIMEOUT_MS = 15_000;

/** Told to the person at the terminal as it stands, without a stack. */
export class Misuse extends Error {}

/** For who asks how it is used: says so and ends, before anything is opened or written. */
export function helpOn(usage: string): void {
  if (!process.argv.slice(2).some((word) => word === '--help' || word === '-h')) return;
  console.log(usage);
  process.exit(0);
}

/** Throws Misuse for words that nobody would read: who wrote them meant something else. */
export function noMoreThan(most: number, words: readonly string[]): void {
  if (words.length > most) throw new Misuse(`"${words[most]}" is a word too many: nothing was done.`);
}

/** Where the product answers: as told, else what runs in this directory, else the usual port. Throws Misuse when it cannot be known. */
export function productUrl(told: string | undefined): string {
  if (told !== undefined) {
    if (!URL.canParse(told)) throw new Misuse(`--url ${told} is no URL; say e.g. --url http://127.0.0.1:3000`);
    return told.replace(/\/+$/, '');
  }
  const [one, ...others] = apisIn(process.env.LOOPGPT_DATA_DIR ?? '.data');
  if (one !== undefined && others.length > 0)
    throw new Misuse(`Several instances run here (${[one, ...others].join(', ')}): say which with --url.`);
  return one ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`;
}

export interface Said {
  status: number;
  body: Record<string, unknown>;
}

/** One call. Throws Misuse when nobody answers, and for an answer that is no JSON. */
export async function asked(url: string, options: Parameters<typeof request>[1]): Promise<Said> {
  const { origin } = new URL(url);
  const answer = await request(url, { ...options, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS }).catch(
    (error: unknown) => {
      throw new Misuse(`No product answers at ${origin} (${codeOf(error)}): is it running? Say where with --url.`);
    },
  );
  const text = await answer.body.text();
  try {
    return { status: answer.statusCode, body: JSON.parse(text) as Said['body'] };
  } catch {
    throw new Misuse(`What answers at ${origin} is not the product (status ${answer.statusCode}).`);
  }
}

/** A refusal in sentences. */
export function refusalOf({ status, body }: Said): string {
  const errors = (body.errors ?? []) as { pointer?: string; detail?: string }[];
  const lines = errors.map(({ pointer, detail }) => `  - ${pointer?.split('/').at(-1) ?? ''}: ${detail ?? ''}`);
  return [`Refused (${status} ${String(body.code)}): ${String(body.detail ?? body.title)}`, ...lines].join('\n');
}

/** What an error is to the person at the terminal. */
export function sentenceOf(error: unknown): string {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code.startsWith('ERR_PARSE_ARGS')) return `${message.split('. ')[0]!.replace(/\.$/, '')}.`;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT')
    return `The database cannot be reached (${code}): is it running, and is DATABASE_URL right?`;
  return message || code;
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? 'no answer');
}
