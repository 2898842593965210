import { z } from 'zod';

/**
 * TABLE 2 of 2: what happened. Name → topic, version and the shape of `data`. Consumers ignore fields they do not know; a breaking
 * change is a new topic version. The key of every record is its subject's id, so one route's events stay in order.
 *
 * `source` says how a record survives a bus that is down: `outbox` events are rows first and are published from there; `direct`
 * ones are published as they happen and spill into PostgreSQL when the bus refuses them.
 */
const PlanStep = z.looseObject({ id: z.string() });
const PlanClosed = z.looseObject({ id: z.string(), status: z.string() });
const RouteClosed = z.looseObject({ id: z.string(), status: z.string() });

const planStep = (about: string) =>
  ({ topic: 'plans.v1', version: 1, source: 'outbox', about, schema: PlanStep }) as const;
const planClosed = (about: string) =>
  ({ topic: 'plans.v1', version: 1, source: 'outbox', about, schema: PlanClosed, terminal: true }) as const;

export const EVENTS = {
  'quote.received': {
    topic: 'quotes.v1',
    version: 1,
    source: 'direct',
    about: 'One provider answered one route, well or badly.',
    schema: z.looseObject({ routeId: z.string(), answer: z.looseObject({ providerId: z.string() }) }),
  },
  'route.decided': {
    topic: 'routes.v1',
    version: 1,
    source: 'outbox',
    about: 'The route has a winner.',
    schema: RouteClosed,
    terminal: true,
  },
  'route.failed': {
    topic: 'routes.v1',
    version: 1,
    source: 'outbox',
    about: 'The route was closed without a usable quote.',
    schema: RouteClosed,
    terminal: true,
  },
  'route.cancelled': {
    topic: 'routes.v1',
    version: 1,
    source: 'outbox',
    about: 'The caller cancelled the route before it was decided.',
    schema: RouteClosed,
    terminal: true,
  },
  'route.confirmed': {
    topic: 'routes.v1',
    version: 1,
    source: 'outbox',
    about: 'The caller confirmed the winner, who was asked again: the cart is handed over.',
    schema: RouteClosed,
  },
  'plan.drafted': planStep('A model has proposed the meals, or it was settled that none will.'),
  'plan.checked': planStep('Every day was held against the targets and rules.'),
  'plan.repaired': planStep('What the draft had wrong was mended.'),
  'plan.priced': planStep('The shopping list is there, in whole packs.'),
  'plan.routed': planStep('The shopping list was routed as a cart.'),
  'plan.generated': planClosed('The plan is there, with its proof.'),
  'plan.failed': planClosed('There is no plan; the reasons say what to change.'),
  'plan.cancelled': planClosed('The caller cancelled the plan before it was made.'),
} as const satisfies Record<
  string,
  {
    topic: string;
    version: number;
    source: 'outbox' | 'direct';
    about: string;
    schema: z.ZodType;
    /** Its subject is closed: what those who follow it wait for has come, and their streams end. */
    terminal?: boolean;
  }
>;

export type EventName = keyof typeof EVENTS;
export type EventData<N extends EventName> = z.infer<(typeof EVENTS)[N]['schema']>;
export type Topic = (typeof EVENTS)[EventName]['topic'];

export const TOPICS: readonly Topic[] = [...new Set(Object.values(EVENTS).map((event) => event.topic))];
