import type { ComponentType } from 'preact';
import type { IconName } from '../parts/icons.js';
import type { Language } from '../language/words.js';

export interface PageProps {
  /** What the address names, by the names in `path`. */
  params: Readonly<Record<string, string>>;
}

export interface PageEntry {
  /** Below /console; `:id` is a parameter, `:id?` one that may be missing. */
  path: string;
  /** As the navigation calls it; a page without is reached by links alone. */
  name?: Readonly<Record<Language, string>>;
  icon?: IconName;
  /** The page of the navigation that it belongs to, by its path. */
  within?: string;
  /** Shown in the navigation to those only who may do what needs this scope. */
  needs?: string;
  /** A chunk of its own, loaded when it is first gone to. */
  load: () => Promise<{ default: ComponentType<PageProps> }>;
}
