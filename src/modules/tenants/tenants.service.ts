import { createHmac } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { databaseNow } from '../../common/clock.js';
import { AppError } from '../../common/errors.js';
import { newId } from '../../common/ids.js';
import { Config } from '../../config.js';
import { formatApiKey, hashSecret, newApiKey, NO_KEY, parseApiKey, secretMatches, type ApiKey } from './api-key.js';
import { BrowserTokens, TOKEN_PREFIX, TOKEN_SECONDS } from './browser-token.js';
import { SCOPES, type Scope, type TenantContext } from './scopes.js';
import { TenantsRepository, type ApiKeyRow, type KeysWanted, type ListedKey } from './tenants.repository.js';

export const DEVELOPMENT_TENANT = 'ten_development';
/** Of the key that everybody who has the source and the secret key can compute. */
const DEVELOPMENT_KEY_ID = 'development2';
/** A revoked key stops working everywhere within this time. */
const CACHE_MS = 2500;
const CACHE_SIZE = 10_000;

/** Tells who is asking from an API key, and makes, lists and revokes keys. Secrets are stored only as hashes. */
@Injectable()
export class TenantsService implements OnApplicationBootstrap {
  private readonly cache = new Map<string, { row: ApiKeyRow | null; until: number }>();

  private readonly tokens: BrowserTokens;

  constructor(
    private readonly tenants: TenantsRepository,
    private readonly config: Config,
  ) {
    this.tokens = new BrowserTokens(config.secretKey, config.previousSecretKeys);
  }

  /** A database that development has used holds a key to everything; production does not begin with it. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.production) await this.tenants.revokeKey(DEVELOPMENT_KEY_ID);
  }

  /** Who presents `key`, an API key or a browser token. Throws `api_key_missing`, `api_key_invalid` or `token_invalid`. Without a key, outside production: the development tenant. */
  async authenticate(key: string | undefined): Promise<TenantContext> {
    if (!key) {
      if (this.config.production) throw new AppError('api_key_missing', 'no Authorization header');
      return { tenantId: DEVELOPMENT_TENANT, keyId: NO_KEY, scopes: SCOPES };
    }
    if (key.startsWith(TOKEN_PREFIX)) return this.readToken(key);
    const parsed = parseApiKey(key);
    const isForHere = parsed && !(this.config.production && isDevelopmentKey(parsed));
    const row = isForHere ? await this.lookUp(parsed.id) : null;
    if (!parsed || !row || !secretMatches(parsed.secret, row.secretHash)) {
      throw new AppError('api_key_invalid', `key ${parsed?.id ?? 'malformed'} refused`);
    }
    return { tenantId: row.tenantId, keyId: row.id, scopes: row.scopes };
  }

  /** Whether `key` is one that was found good within the last seconds, or none that had to be looked up. */
  knows(key: string | undefined): boolean {
    if (!key) return !this.config.production;
    const parsed = parseApiKey(key);
    const row = parsed ? this.cache.get(parsed.id)?.row : null;
    return Boolean(parsed && row && secretMatches(parsed.secret, row.secretHash));
  }

  /** A token that reads one subject of the tenant for a quarter of an hour, by the database's clock. */
  makeToken({ tenantId, keyId }: TenantContext, subject: string, scope: Scope): { token: string; expiresAt: string } {
    const expires = Math.floor(databaseNow() / 1000) + TOKEN_SECONDS;
    const token = this.tokens.make({ tenantId, keyId, subject, scope, expires });
    return { token, expiresAt: new Date(expires * 1000).toISOString() };
  }

  /** It ends with the key it was made with. */
  private async readToken(token: string): Promise<TenantContext> {
    const claims = this.tokens.read(token, databaseNow() / 1000);
    if (!claims) throw new AppError('token_invalid', 'browser token refused');
    const { tenantId, keyId, scope, subject, expires } = claims;
    const lives = keyId === NO_KEY ? !this.config.production : (await this.lookUp(keyId)) !== null;
    if (!lives) throw new AppError('token_invalid', `key ${keyId} of a browser token refused`);
    return { tenantId, keyId, scopes: [scope], only: { subject, lifeMs: expires * 1000 - databaseNow() } };
  }

  /** Makes a key for a tenant, creating the tenant if it is new. The returned text is shown once and kept nowhere. */
  async createKey(options: {
    tenantId?: string;
    tenantName: string;
    name: string;
    scopes: readonly Scope[];
    expiresInDays: number | null;
  }): Promise<{ id: string; tenantId: string; key: string }> {
    const tenantId = options.tenantId ?? newId('ten');
    await this.tenants.ensureTenant(tenantId, options.tenantName);
    const key = newApiKey();
    await this.insert(tenantId, key, options);
    return { id: key.id, tenantId, key: formatApiKey('live', key) };
  }

  /** The development tenant's key: derived from the secret key, so that it stays the same between starts. Never in production. */
  async developmentKey(): Promise<string> {
    const derived = createHmac('sha256', this.config.secretKey).update('development api key').digest();
    const key = { id: DEVELOPMENT_KEY_ID, secret: derived.toString('base64url') };
    await this.insert(DEVELOPMENT_TENANT, key, { name: 'development', scopes: SCOPES, expiresInDays: null });
    return formatApiKey('dev', key);
  }

  hasTenant(id: string): Promise<boolean> {
    return this.tenants.hasTenant(id);
  }

  listKeys(wanted: KeysWanted): Promise<ListedKey[]> {
    return this.tenants.listKeys(wanted);
  }

  revokeKey(id: string): Promise<boolean> {
    return this.tenants.revokeKey(id);
  }

  private async insert(
    tenantId: string,
    key: ApiKey,
    options: { name: string; scopes: readonly Scope[]; expiresInDays: number | null },
  ): Promise<void> {
    const { name, scopes, expiresInDays } = options;
    await this.tenants.insertKey({
      id: key.id,
      tenantId,
      name,
      secretHash: hashSecret(key.secret),
      scopes,
      expiresInDays,
    });
  }

  private async lookUp(id: string): Promise<ApiKeyRow | null> {
    const cached = this.cache.get(id);
    if (cached && cached.until > performance.now()) return cached.row;
    const row = await this.tenants.findUsableKey(id);
    if (row) await this.tenants.touchKey(id);
    if (this.cache.size >= CACHE_SIZE) this.cache.clear();
    this.cache.set(id, { row, until: performance.now() + CACHE_MS });
    return row;
  }
}

const isDevelopmentKey = ({ kind, id }: ApiKey & { kind: string }): boolean =>
  kind === 'dev' || id === DEVELOPMENT_KEY_ID;
