import { SetMetadata } from '@nestjs/common';
import type { Topic } from './catalogue.js';
import type { EventEnvelope } from './event.js';
import type { Role } from '../environment.js';

export const LISTENER = 'loopgpt:listener';

export interface ListenerOptions {
  group: string;
  /** One, or those that are known once everything is put together. */
  topic: Topic | (() => readonly Topic[]);
  /** The role this listener belongs to: it subscribes only where that role runs. */
  role: Role;
  everyInstance?: boolean;
}

/** What a class marked `@Listens` must be. */
export interface EventListener {
  handle(batch: readonly EventEnvelope[]): Promise<void>;
}

/** Marks a provider as a doorway for events; the event router finds it and subscribes it. */
export function Listens(options: ListenerOptions) {
  return (target: new (...args: never[]) => EventListener): void => {
    SetMetadata(LISTENER, options)(target);
  };
}
