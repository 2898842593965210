import { effect, signal } from '@preact/signals';
import { keep, kept } from './kept.js';

const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** `auto` is what the system asks for. */
export const theme = signal<Theme>(kept('theme', THEMES) ?? 'auto');

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

export function wear(next: Theme): void {
  theme.value = next;
  keep('theme', next);
}
