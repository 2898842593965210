import { SetMetadata } from '@nestjs/common';
import type { Role } from '../../common/roles.js';
import type { EventNameOn, Topic } from '../catalogue.js';
import type { HeardEvent } from './heard.js';

export const LISTENER = 'loopgpt:listener';

export interface ListenerOptions<T extends Topic = Topic> {
  group: string;
  /** One, or those that are known once everything is put together. */
  topic: T | (() => readonly T[]);
  /** The role this listener belongs to: it subscribes only where that role runs. */
  role: Role;
  everyInstance?: boolean;
  /** After what it heard it rests so long, at most 500, so that what comes meanwhile comes at once: where nobody waits. One for a group. */
  restMs?: number;
}

/** Every listener there is, of whatever role: its module is loaded wherever somebody publishes to its topic. */
const DECLARED: ListenerOptions[] = [];

export const topicsOf = ({ topic }: ListenerOptions): readonly Topic[] =>
  typeof topic === 'string' ? [topic] : topic();

/** The groups that share what is said on a topic, wherever they run. */
export function groupsOn(topic: Topic): string[] {
  const shared = DECLARED.filter((one) => !one.everyInstance && topicsOf(one).includes(topic));
  return [...new Set(shared.map(({ group }) => group))];
}

/** What a class marked `@Listens` must be. */
export interface EventListener<T extends Topic = Topic> {
  /** What may be heard on its topics, each event's data parsed by its schema. */
  handle(batch: readonly HeardEvent<EventNameOn<T>>[]): Promise<void>;
}

/** Marks a provider as a doorway for events; the event router finds it and subscribes it. */
export function Listens<const T extends Topic>(options: ListenerOptions<T>) {
  return (target: new (...args: never[]) => EventListener<T>): void => {
    DECLARED.push(options);
    SetMetadata(LISTENER, options)(target);
  };
}
