import { Injectable } from '@nestjs/common';
import { AppError } from '../../../../common/errors.js';
import { grouped } from '../../../../common/grouped.js';
import { Breath } from '../../../../common/pacing/breath.js';
import { newId } from '../../../../common/ids.js';
import type { Tx } from '../../../../platform/database/database.js';
import { amountsIn } from '../../../../vocabulary/amounts.js';
import { likenessOf, stemOf } from '../../../providers/matching/likeness.js';
import { ProductsAlike, type Described } from './alike.js';
import { joinsOf, type Decided, type Pair } from './deciding/grouping.js';
import { shippedFoodGroups } from './food-groups.js';
import { JoinsRepository, type Alike } from './joins.repository.js';

/** The matcher joins by itself only what it is as good as sure of; the rest is suggested. */
const SURE = 0.9;

/** Joins products that are one: by code, by the matcher, and by hand, which is never undone by the other two. */
@Injectable()
export class JoinsService extends ProductsAlike {
  constructor(private readonly repository: JoinsRepository) {
    super();
  }

  describe(name: string, isNamed: boolean): Described {
    return { stem: isNamed ? stemOf(name) : '', foodGroup: shippedFoodGroups().of(name) };
  }

  async settle(tx: Tx, tenantId: string, signal?: AbortSignal): Promise<void> {
    const [alike, decided] = [await this.repository.alike(tx, tenantId), await this.repository.decided(tx, tenantId)];
    const breath = new Breath(signal);
    const pairs = codedPairs(alike);
    for await (const pair of namedPairs(alike, breath)) pairs.push(pair);
    await this.repository.put(tx, tenantId, joinsOf(pairs, decided));
  }

  /** Keeps a decision about two products. Throws `product_not_found`, and `product_join_itself` for one and itself. */
  async decide(tx: Tx, tenantId: string, kind: Decided['kind'], id: string, otherId: string): Promise<void> {
    if (id === otherId) throw new AppError('product_join_itself', id);
    const [one, other] = [await this.known(tx, tenantId, id), await this.known(tx, tenantId, otherId)];
    await this.repository.decide(tx, tenantId, { id: newId('pjd'), kind, one: asKept(one), other: asKept(other) });
  }

  /** The products that this one is joined with. */
  async joinedWith(tx: Tx, tenantId: string, id: string): Promise<string[]> {
    return (await this.known(tx, tenantId, id)).joined;
  }

  private async known(tx: Tx, tenantId: string, id: string) {
    const found = await this.repository.known(tx, tenantId, id);
    if (!found) throw new AppError('product_not_found', `product ${id}`);
    return found;
  }
}

const asKept = ({ retailer, keys }: { retailer: string; keys: string[] }) => ({ retailer, keys });

/** Each with the first of those of one code: what is joined to the same is one. */
function codedPairs(alike: readonly Alike[]): Pair[] {
  const coded = grouped(
    alike.filter(({ gtin }) => gtin !== null),
    ({ gtin }) => gtin!,
  );
  return [...coded.values()].flatMap(([first, ...others]) =>
    others.map(({ id }): Pair => ({ one: first!.id, other: id, how: 'code', confidence: 1 })),
  );
}

/** Each with the first of those of one name, as far as the matcher is sure. Names that differ in their size alone are judged once. */
async function* namedPairs(alike: readonly Alike[], breath: Breath): AsyncGenerator<Pair> {
  const named = grouped(
    alike.filter(({ stem }) => stem !== ''),
    ({ stem }) => stem,
  );
  for (const [first, ...others] of named.values()) {
    const judged = new Map<string, number>();
    for (const { id, name } of others) {
      const bare = amountsIn(name).rest;
      const confidence = judged.get(bare) ?? likenessOf(first!.name, name);
      judged.set(bare, confidence);
      if (confidence >= SURE)
        yield { one: first!.id, other: id, how: 'matcher', confidence: Math.min(confidence, 0.99) };
      await breath.take();
    }
  }
}
