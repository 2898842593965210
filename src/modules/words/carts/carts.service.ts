import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { newId } from '../../../common/ids.js';
import { Outbox } from '../../../events/outbox.js';
import { Operations } from '../../../operations/operations.js';
import { Sealer } from '../../../platform/crypto/sealed.js';
import { Database } from '../../../platform/database/database.js';
import { keptOf } from '../../../platform/http/submission.js';
import { PublicUrls } from '../../../platform/outgoing/public-url.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { resourceOf, snapshotOf, statusOf, type AskedCart, type CartRow } from './cart.resource.js';
import type { AnswerCart, CartList, CartResource, CreateCart, ListCarts } from './carts.dto.js';
import { CartsRepository } from './carts.repository.js';
import { answered } from './deciding/answering.js';
import { isTooLate, openQuestions, type CartState } from './deciding/cart-state.js';
import { LineReader } from './line-reader.js';

const DEADLINE_MS = 30_000;

/** The caller's side of carts. A cart that was answered with an id is a committed row; reading its words is CartMaking's, in whichever process. */
@Injectable()
export class CartsService {
  constructor(
    private readonly carts: CartsRepository,
    private readonly database: Database,
    private readonly operations: Operations,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrls,
    private readonly sealer: Sealer,
    private readonly lines: LineReader,
  ) {}

  /** Accepts words: refuses first, then commits, then queues. Throws `cart_not_found` for a cart to go on with that is not there. */
  request(
    { tenantId, scopes }: TenantContext,
    body: CreateCart,
    idempotencyKey: string | undefined,
    traceparent: string | undefined,
  ): Promise<{ id: string; replayed: boolean }> {
    const asking = { tenantId, key: idempotencyKey, body, traceparent };
    return this.operations.accept('cart', asking, async (put, carried) => {
      this.operations.refuse('cart', tenantId, { work: 1, deadlineMs: DEADLINE_MS });
      if (body.cartId !== undefined) await this.closed(tenantId, body.cartId);
      const url = body.webhook && (await this.urls.check(body.webhook.url, '/webhook/url'));
      const { text, locale, timezone, constraints, history } = body;
      const mayRead = scopes.filter((scope) => scope.endsWith(':read'));
      const asked: AskedCart = { text, locale, timezone, constraints, history, mayRead };
      return put({
        id: newId('crt'),
        tenantId,
        work: 1,
        deadlineMs: DEADLINE_MS,
        cancelAfterSeconds: null,
        ...keptOf({ ...body, webhook: body.webhook && { ...body.webhook, url: url! } }, (secret) =>
          this.sealer.sealText(secret),
        ),
        traceparent: carried,
        own: { asked, follows: body.cartId ?? null },
      });
    });
  }

  /** The cart as it stands, or `cart_not_found`. */
  get(tenantId: string, id: string): Promise<CartResource> {
    return this.operations.get('cart', tenantId, id);
  }

  wait(tenantId: string, id: string, seconds: number, signal?: AbortSignal): Promise<CartResource> {
    return this.operations.wait('cart', tenantId, id, seconds, signal);
  }

  cancel(tenantId: string, id: string): Promise<CartResource> {
    return this.operations.cancel('cart', tenantId, id);
  }

  async list(tenantId: string, query: ListCarts): Promise<CartList> {
    const rows = await this.database.tenantOne(tenantId, (tx) => this.carts.list(tx, query));
    const data = rows.slice(0, query.limit).map(snapshotOf);
    return { data, nextCursor: rows.length > query.limit ? data.at(-1)!.id : null };
  }

  /**
   * Takes answers to open questions, all of them or none. Throws `cart_changed` when the cart is not of the version that was answered,
   * `cart_questions_expired` when they come too late, `request_invalid` with the place of each answer that cannot be taken.
   */
  async answer(tenantId: string, id: string, { version, answers }: AnswerCart): Promise<CartResource> {
    const row = await this.closed(tenantId, id);
    if (row.state.version !== version) throw changed(id);
    if (openQuestions(row.state).length > 0 && isTooLate(row.state, row.now))
      throw new AppError('cart_questions_expired', id);
    const state = answered(row.state, answers, this.lines.read);
    if ('faults' in state)
      throw new AppError('request_invalid', 'answers', {
        errors: state.faults.map(({ at, detail }) => ({ pointer: `/answers/${at}`, detail })),
      });
    return this.change(tenantId, row, state);
  }

  /** Stores a later state with the event that tells of it, if nobody was faster. */
  async change(tenantId: string, row: CartRow & { state: CartState }, state: CartState): Promise<CartResource> {
    const after = await this.database.tenant(tenantId, async (tx) => {
      const written = await this.carts.change(tx, row.id, row.state.version, statusOf(state), state);
      if (written) await this.outbox.append(tx, 'cart.changed', written, snapshotOf(written));
      return written;
    });
    if (!after) throw changed(row.id);
    this.outbox.wake();
    return resourceOf(after, this.operations.load('cart'));
  }

  /** Says that a cart was routed, for who counts what becomes of it. */
  async routed(tenantId: string, id: string): Promise<void> {
    await this.database.tenantOne(tenantId, (tx) => this.carts.routed(tx, id));
  }

  /** A cart whose words were read; throws `cart_not_found`, `cart_not_read` before, and `cart_never_read` for what was not to be. */
  async closed(tenantId: string, id: string): Promise<CartRow & { state: CartState }> {
    const row = await this.database.tenantOne(tenantId, (tx) => this.carts.find(tx, id));
    if (!row) throw new AppError('cart_not_found', `cart ${id.slice(0, 40)}`);
    if (row.state === null)
      throw new AppError(row.status === 'open' ? 'cart_not_read' : 'cart_never_read', `${id} is ${row.status}`);
    return { ...row, state: row.state };
  }
}

const changed = (id: string) => new AppError('cart_changed', id);
