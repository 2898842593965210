import type { Card } from './card.js';
import * as registry from './registry.js';

type Known = (typeof registry)[keyof typeof registry];
/** Whoever is asked over HTTP. */
export type SourceId = Known['id'];
/** Whoever is asked for a quote or a link to one. */
export type ProviderId = Exclude<Known, { kind: 'offers' }>['id'];
export type OfferSourceId = Extract<Known, { kind: 'offers' }>['id'];
/** As the variables of each name it. */
export type Prefix = Known['prefix'];

/** A card of the registry, whose id and prefix are known names. */
export interface SourceCard<Id extends SourceId = SourceId> extends Card {
  readonly id: Id;
  readonly prefix: Prefix;
}

/** All cards, the preferred ones first. */
export const CARDS: readonly SourceCard[] = Object.values(registry).sort(
  (a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1),
);
export const PROVIDER_CARDS = CARDS.filter(({ kind }) => kind !== 'offers') as readonly SourceCard<ProviderId>[];
export const OFFER_CARDS = CARDS.filter(({ kind }) => kind === 'offers') as readonly SourceCard<OfferSourceId>[];

export const SOURCE_IDS: readonly SourceId[] = CARDS.map(({ id }) => id);
export const PROVIDER_IDS: readonly ProviderId[] = PROVIDER_CARDS.map(({ id }) => id);
export const OFFER_SOURCE_IDS: readonly OfferSourceId[] = OFFER_CARDS.map(({ id }) => id);

const BY_ID: ReadonlyMap<SourceId, SourceCard> = new Map(CARDS.map((card) => [card.id, card]));
export const cardOf = (id: SourceId): SourceCard => BY_ID.get(id)!;

/** The folder in which all of a provider lies, and its first segment of the simulator's paths. */
export const folderOf = ({ prefix }: Pick<Card, 'prefix'>): string => prefix.toLowerCase().replaceAll('_', '-');

/** The variable of what a part of a credential was before the present one. */
export const previousOf = (variable: string): string => `${variable}_PREVIOUS`;

/** The variable by which operators prefer a provider; there is one for each direct provider. */
export const boostVariable = ({ prefix }: Pick<SourceCard, 'prefix'>) => `LOOPGPT_PREFER_DIRECT_${prefix}` as const;
