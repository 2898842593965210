import { signal } from '@preact/signals';
import { kept, keep } from '../frame/kept.js';

const LANGUAGES = ['en', 'da'] as const;
export type Language = (typeof LANGUAGES)[number];

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', da: 'da-DK' };

/** The language that is spoken at present. Whoever reads it while rendering is rendered again when it changes. */
export const language = signal<Language>(
  kept('language', LANGUAGES) ?? (navigator.language.toLowerCase().startsWith('da') ? 'da' : 'en'),
);

/** For `Intl`. */
export const locale = (): string => LOCALES[language.value];

export function speak(next: Language): void {
  language.value = next;
  keep('language', next);
}

type Saying = string | ((...told: never[]) => string);
type Said<T> = {
  readonly [K in keyof T]: T[K] extends (...told: infer Told) => string ? (...told: Told) => string : string;
};

/** What a page says: every saying in both languages, or the types fail. `const t = words({…}, {…})`, and `t().title` while rendering. */
export function words<T extends Record<string, Saying>>(en: T, da: NoInfer<Said<T>>): () => Said<T> {
  return () => (language.value === 'da' ? da : (en as unknown as Said<T>));
}
