import { parseArgs } from 'node:util';
import { MIGRATIONS } from '../migrations/migrations.js';
import { readConfig } from '../src/read-config.js';
import { SCOPES, TENANT_SCOPES, type Scope } from '../src/modules/tenants/scopes.js';
import { TenantsRepository } from '../src/modules/tenants/tenants.repository.js';
import { DEVELOPMENT_TENANT, TenantsService } from '../src/modules/tenants/tenants.service.js';
import { Database, prepareDatabase } from '../src/platform/database/database.js';
import { Metrics } from '../src/platform/telemetry/metrics.js';
import { helpOn, sentenceOf } from './support/terminal.js';

const USAGE = `npm run keys -- create --name NAME [--tenant ten_… | --tenant-name NAME] [--scopes ${SCOPES.join(',')}] [--expires-days N]
npm run keys -- list
npm run keys -- revoke KEY_ID`;

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
    },
  });
  const [command, keyId] = positionals;
  const config = readConfig();
  await prepareDatabase(config, MIGRATIONS);
  const database = await Database.connect(config, new Metrics());
  const tenants = new TenantsService(new TenantsRepository(database), config);
  try {
    if (command === 'create') return await create(tenants, values, config.production);
    if (command === 'list') return await list(tenants);
    if (command === 'revoke' && keyId) return await revoke(tenants, keyId);
    console.error(USAGE);
    return 2;
  } finally {
    await database.close();
  }
}

async function create(
  tenants: TenantsService,
  values: { name?: string; tenant?: string; 'tenant-name'?: string; scopes?: string; 'expires-days'?: string },
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
  console.log(
    `key     ${made.key}   (shown once; only its hash is kept)\nid      ${made.id}\ntenant  ${made.tenantId}\nscopes  ${scopes.join(' ')}`,
  );
  return 0;
}

async function list(tenants: TenantsService): Promise<number> {
  for (const key of await tenants.listKeys({ limit: null, cursor: null, tenantId: null })) {
    const state = key.revokedAt ? 'revoked' : key.expiresAt && key.expiresAt < new Date() ? 'expired' : 'usable';
    const used = key.lastUsedAt?.toISOString() ?? 'never used';
    console.log([key.id, key.tenantId, state.padEnd(7), used, key.name, key.scopes.join(' ')].join('  '));
  }
  return 0;
}

async function revoke(tenants: TenantsService, keyId: string): Promise<number> {
  const revoked = await tenants.revokeKey(keyId);
  console.log(
    revoked ? `${keyId} is revoked; it stops working everywhere within 3 s` : `${keyId} is unknown or already revoked`,
  );
  return revoked ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(sentenceOf(error));
    process.exit(1);
  },
);
