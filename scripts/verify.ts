import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { JsonWebKey } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../src/common/canonical-json.js';
import { DecisionRecord, recordFaults } from '../src/modules/routing/deciding/decision-record.js';
import { signatureFault } from '../src/platform/crypto/signer.js';
import { Misuse, asked, helpOn, productUrl, refusalOf, sentenceOf } from './support/terminal.js';

const USAGE = `npm run verify -- <route id> [--url http://127.0.0.1:3000]     asks the product; API_KEY is the tenant's key (none in development)
npm run verify -- record.json jwks.json                        offline: what GET /v1/routes/{id}/record and
                                                               GET /.well-known/jwks.json answered
  Says whether the record was signed by one of the keys, whether it is whole, and whether deciding again gives its outcome; with --json
  to programs. Ends with 0 where it holds, 1 where it does not, 2 where that could not be told.`;

const Keys = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) });
/** The record stays as it is, fields of other releases too, because that is what was hashed and signed. */
const Signed = z.object({ record: z.looseObject({}), signature: z.string() });

async function main(): Promise<void> {
  helpOn(USAGE);
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { url: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [first, second] = positionals;
  if (!first || positionals.length > 2) throw new Misuse(USAGE);
  const url = second ? '' : productUrl(values.url);
  const [signed, keys] = second
    ? [fromFile(first), fromFile(second)]
    : await Promise.all([
        fetched(`${url}/v1/routes/${encodeURIComponent(first)}/record`),
        fetched(`${url}/.well-known/jwks.json`),
      ]);
  const parsed = Signed.parse(signed);
  const faults = faultsOf(parsed, Keys.parse(keys).keys as JsonWebKey[]);
  if (values.json) console.log(JSON.stringify({ holds: faults.length === 0, faults }, null, 2));
  else for (const fault of faults) console.error(`✗ ${fault}`);
  if (faults.length > 0) process.exit(1);
  if (values.json) return;
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
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Misuse(`${path} cannot be read as JSON: ${(error as Error).message}`);
  }
}

async function fetched(url: string): Promise<unknown> {
  const key = process.env.API_KEY;
  const said = await asked(url, { headers: key ? { authorization: `Bearer ${key}` } : {} });
  if (said.status !== 200) throw new Misuse(refusalOf(said));
  return said.body;
}

main().catch((error: unknown) => {
  const noRecord = error instanceof z.ZodError;
  console.error(noRecord ? `This is no signed record: ${z.prettifyError(error)}` : sentenceOf(error));
  process.exit(2);
});
