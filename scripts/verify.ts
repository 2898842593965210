import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { JsonWebKey } from 'node:crypto';
import { request } from 'undici';
import { z } from 'zod';
import { canonicalJson } from '../src/common/canonical-json.js';
import { DecisionRecord, recordFaults } from '../src/modules/routing/deciding/decision-record.js';
import { signatureFault } from '../src/platform/crypto/signer.js';

const USAGE = `npm run verify -- <route id> [--url http://127.0.0.1:3000]     asks the product; API_KEY is the tenant's key (none in development)
npm run verify -- record.json jwks.json                        offline: what GET /v1/routes/{id}/record and
                                                               GET /.well-known/jwks.json answered
  Says whether the record was signed by one of the keys, whether it is whole, and whether deciding again gives its outcome.`;

const Keys = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) });
/** The record stays as it is, fields of other releases too, because that is what was hashed and signed. */
const Signed = z.object({ record: z.looseObject({}), signature: z.string() });

class Misuse extends Error {}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { url: { type: 'string', default: 'http://127.0.0.1:3000' } },
  });
  const [first, second] = positionals;
  if (!first || positionals.length > 2) throw new Misuse(USAGE);
  const [signed, keys] = second
    ? [fromFile(first), fromFile(second)]
    : await Promise.all([
        fetched(`${values.url}/v1/routes/${encodeURIComponent(first)}/record`),
        fetched(`${values.url}/.well-known/jwks.json`),
      ]);
  const parsed = Signed.parse(signed);
  const faults = faultsOf(parsed, Keys.parse(keys).keys as JsonWebKey[]);
  for (const fault of faults) console.error(`✗ ${fault}`);
  if (faults.length > 0) process.exit(1);
  const { routeId, outcome, answers } = DecisionRecord.parse(parsed.record);
  console.log(
    `✓ ${routeId}: signed, whole, and deciding again from its ${answers.length} answers gives the same outcome`,
  );
  console.log(`  ${outcome.explanation}`);
}

function faultsOf({ record, signature }: z.infer<typeof Signed>, keys: readonly JsonWebKey[]): string[] {
  const unsigned = signatureFault(canonicalJson(record), signature, keys);
  const { error } = DecisionRecord.safeParse(record);
  const unreadable = error?.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`);
  return [...(unsigned ? [unsigned] : []), ...(unreadable ?? recordFaults(record as unknown as DecisionRecord))];
}

function fromFile(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

async function fetched(url: string): Promise<unknown> {
  const key = process.env.API_KEY;
  const answer = await request(url, {
    headers: key ? { authorization: `Bearer ${key}` } : {},
    headersTimeout: 10_000,
    bodyTimeout: 10_000,
  });
  const said = await answer.body.json();
  if (answer.statusCode !== 200) throw new Misuse(`refused (${answer.statusCode}): ${JSON.stringify(said, null, 2)}`);
  return said;
}

main().catch((error: unknown) => {
  if (error instanceof Misuse) console.error(error.message);
  else if (error instanceof z.ZodError) console.error(`This is no signed record: ${z.prettifyError(error)}`);
  else console.error(`Not verified: ${String(error)}`);
  process.exit(2);
});
