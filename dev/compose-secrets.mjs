// node dev/compose-secrets.mjs: the secrets that docker-compose.yml asks for, into .env; those that are there stay.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(process.cwd(), '.env');
const MAKE = {
  LOOPGPT_SECRET_KEY: () => randomBytes(32).toString('base64'),
  LOOPGPT_ADMIN_PASSWORD: () => randomBytes(18).toString('base64url'),
  POSTGRES_PASSWORD: () => randomBytes(24).toString('base64url'),
  REDIS_PASSWORD: () => randomBytes(24).toString('base64url'),
};

const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
const missing = Object.keys(MAKE).filter((name) => !new RegExp(`^${name}=.`, 'm').test(text));
const lines = missing.map((name) => `${name}=${MAKE[name]()}\n`).join('');
writeFileSync(file, text && !text.endsWith('\n') ? `${text}\n${lines}` : text + lines, { mode: 0o600 });
chmodSync(file, 0o600);
console.log(missing.length > 0 ? `Made ${missing.join(', ')} in .env.` : 'Every secret is in .env already.');
