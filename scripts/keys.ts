import { parseArgs } from 'node:util';
import { MIGRATIONS } from '../migrations/migrations.js';
import { readConfig } from '../src/read-config.js';
import { SCOPES, TENANT_SCOPES, type Scope } from '../src/modules/tenants/scopes.js';
import { TenantsRepository } from '../src/modules/tenants/tenants.repository.js';
import { DEVELOPMENT_TENANT, TenantsService } from '../src/modules/tenants/tenants.service.js';
import { Database, prepareDatabase } from '../src/platform/database/database.js';
import { Metrics } from '../src/platform/telemetry/metrics.js';
import { toldToPeople } from './support/table.js';
import { Misuse, helpOn, noMoreThan, sentenceOf } from './support/terminal.js';

const USAGE = `npm run keys -- create --name NAME [--tenant ten_… | --tenant-name NAME] [--scopes ${SCOPES.join(',')}] [--expires-days N]
npm run keys -- list
npm run keys -- revoke KEY_ID
  --json tells programs; in the image: node dist/scripts/keys.js …`;

/** How many words each takes after its name. */
const WORDS: ReadonlyMap<string, number> = new Map(Object.entries({ create: 0, list: 0, revoke: 1 }));

async function main(): Promise<number> {
  helpOn(USAGE);
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      tenant: { type: 'string' },
      'tenant-name': { type: 'string' },
      scopes: { type: 'string' },
      'expires-days': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [command = '', keyId] = positionals;
  const most = WORDS.get(command);
  if (most === undefined || (command === 'revoke' && !keyId)) throw new Misuse(USAGE);
  noMoreThan(most, positionals.slice(1));
  const config = readConfig();
  await prepareDatabase(config, MIGRATIONS);
  const database = await Database.connect(config, new Metrics());
  const tenants = new TenantsService(new TenantsRepository(database), config);
  try {
    if (command === 'create') return await create(tenants, values, config.production);
    return command === 'list' ? await list(tenants, values.json) : await revoke(tenants, keyId!, values.json);
  } finally {
    await database.close();
  }
}

async function create(
  tenants: TenantsService,
  values: {
    name?: string;
    tenant?: string;
    'tenant-name'?: string;
    scopes?: string;
    'expires-days'?: string;
    json: boolean;
  },
  isProduction: boolean,
): Promise<number> {
  const scopes = values.scopes ? (values.scopes.split(',') as Scope[]) : TENANT_SCOPES;
  const unknown = scopes.filter((scope) => !SCOPES.includes(scope));
  const days = values['expires-days'] === undefined ? null : Number(values['expires-days']);
  if (!values.name || unknown.length > 0 || (days !== null && !(Number.isInteger(days) && days > 0))) {
    console.error(unknown.length > 0 ? `unknown scope ${unknown.join(', ')}; allowed: ${SCOPES.join(', ')}` : USAGE);
    return 2;
  }
  if (isProduction && !values.tenant && !values['tenant-name']) {
    console.error('Whose key is it? Give --tenant ten_… of a tenant there is, or --tenant-name NAME for a new one.');
    return 2;
  }
  const tenantId = values.tenant ?? (values['tenant-name'] ? undefined : DEVELOPMENT_TENANT);
  const made = await tenants.createKey({
    ...(tenantId ? { tenantId } : {}),
    tenantName: values['tenant-name'] ?? values.tenant ?? 'Development',
    name: values.name,
    scopes,
    expiresInDays: days,
  });
  const { key, id, tenantId: tenant } = made;
  console.log(
    values.json
      ? JSON.stringify({ key, id, tenantId: tenant, scopes }, null, 2)
      : `key     ${key}   (shown once; only its hash is kept)\nid      ${id}\ntenant  ${tenant}\nscopes  ${scopes.join(' ')}`,
  );
  return 0;
}

async function list(tenants: TenantsService, isForPrograms: boolean): Promise<number> {
  const keys = await tenants.listKeys({ limit: null, cursor: null, tenantId: null });
  const data = keys.map(({ id, tenantId, tenantName, name, scopes, createdAt, expiresAt, revokedAt, lastUsedAt }) => {
    const state = revokedAt ? 'revoked' : expiresAt && expiresAt < new Date() ? 'expired' : 'usable';
    return { id, tenantId, tenantName, name, state, createdAt, expiresAt, lastUsedAt, scopes };
  });
  const told = JSON.parse(JSON.stringify({ data })) as object;
  console.log(isForPrograms ? JSON.stringify(told, null, 2) : toldToPeople(told, Infinity));
  return 0;
}

async function revoke(tenants: TenantsService, keyId: string, isForPrograms: boolean): Promise<number> {
  const revoked = await tenants.revokeKey(keyId);
  const sentence = revoked
    ? `${keyId} is revoked; it stops working everywhere within 3 s`
    : `${keyId} is unknown or already revoked`;
  console.log(isForPrograms ? JSON.stringify({ id: keyId, revoked }) : sentence);
  return revoked ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(sentenceOf(error));
    process.exit(error instanceof Misuse ? 2 : 1);
  },
);
