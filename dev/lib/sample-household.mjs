// Imports a fictional household's orders into the development tenant, once and as a caller would, so that its history answers at once.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './prepare.mjs';

const FOLDER = join(ROOT, 'data', 'sample-household');
const REFERENCE = 'sample-household';

/** Answers a sentence to print; null where there is a history already, or this was imported before. Throws when it is refused. */
export async function importHousehold(url, key) {
  const headers = key ? { authorization: `Bearer ${key}` } : {};
  const get = async (path) => {
    const answer = await fetch(url + path, { headers });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return (await answer.json()).data;
  };
  const [orders, imports] = [await get('/v1/orders?limit=1'), await get('/v1/imports?limit=100')];
  if (orders.length > 0 || imports.some(({ reference }) => reference === REFERENCE)) return null;
  const form = new FormData();
  for (const name of readdirSync(FOLDER)) form.append('file', new File([readFileSync(join(FOLDER, name))], name));
  const answer = await fetch(`${url}/v1/imports?reference=${REFERENCE}`, {
    method: 'POST',
    body: form,
    headers: { ...headers, prefer: 'wait=30', 'idempotency-key': REFERENCE },
  });
  const { id, status, outcome } = await answer.json();
  if (status !== 'completed') throw new Error(outcome?.refused ?? `it is ${status ?? answer.status}`);
  return `sample household  ${outcome.orders.new} orders imported: ${url}/v1/imports/${id}, ${url}/v1/orders`;
}
