// Routes one sample cart through the whole path, as a caller would, and prints the outcome.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { ROOT } from './prepare.mjs';

const CART = JSON.parse(readFileSync(join(ROOT, 'data', 'pages', 'sample.json'), 'utf8'));
const WEBHOOK_MS = 5000;

/** `privateWebhooks`: whether a webhook may go to this machine, where the sample's receiver is. */
export async function routeSample(url, key, privateWebhooks) {
  const headers = { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) };
  const secret = (await (await fetch(`${url}/v1/webhook-endpoints/default/secret`, { headers })).json()).secret;
  const receiver = privateWebhooks ? await receive(secret) : null;
  try {
    const answer = await fetch(`${url}/v1/routes`, {
      method: 'POST',
      headers: { ...headers, prefer: 'wait=10' },
      body: JSON.stringify({ ...CART, ...(receiver && { webhook: { url: receiver.url } }), reference: 'sample' }),
    });
    const route = await answer.json();
    if (!route.outcome) return console.log(`sample route      not decided: ${route.detail ?? route.status}\n`);
    print(route);
    const unsent = 'none: LOOPGPT_WEBHOOK_ALLOW_PRIVATE is false, and the sample would receive it on this machine';
    console.log(`webhook           ${receiver ? await receiver.arrived : unsent}`);
    console.log(
      `sample route      ${url}/v1/routes/${route.id}\ntimeline          ${url}/v1/routes/${route.id}/timeline`,
    );
    console.log(
      `try               curl -s ${url}/v1/routes -H 'content-type: application/json' -H 'prefer: wait=10' -d '${JSON.stringify(CART)}'\n`,
    );
  } finally {
    receiver?.close();
  }
}

function print({ outcome, quotes }) {
  const row = (...cells) =>
    console.log(cells.map((cell, index) => String(cell).padEnd([14, 10, 10, 8, 40][index])).join(' '));
  row('provider', 'as told', 'all in', 'ms', 'part in the decision');
  const ranked = [outcome.winner, ...outcome.fallbacks].filter(Boolean);
  const money = (cents) => (typeof cents === 'number' ? `$${(cents / 100).toFixed(2)}` : '–');
  const answered = quotes.map((quote) => {
    const part =
      quote.providerId === outcome.winner?.providerId
        ? `winner, score ${outcome.winner.score.toFixed(3)}`
        : quote.late
          ? 'late'
          : quote.status === 'failed'
            ? `failed: ${quote.reason}`
            : quote.status === 'link'
              ? 'hand-off link, no price'
              : 'counted';
    return [
      quote.providerId,
      money(quote.totalCents),
      // With what the provider did not tell assumed: what is compared.
      money(ranked.find(({ providerId }) => providerId === quote.providerId)?.comparedCents),
      Math.round(quote.latencyMs),
      part,
    ];
  });
  for (const cells of answered) row(...cells);
  for (const id of outcome.outstanding) row(id, '–', '–', '–', 'not waited for');
  console.log(`\n${outcome.explanation}  (rule: ${outcome.rule}, ${Math.round(outcome.decidedAfterMs)} ms)\n`);
}

/** A receiver of its own, which verifies the signature as a customer would. */
async function receive(secret) {
  const { Webhook } = await import('standardwebhooks');
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(204).end();
      try {
        new Webhook(secret).verify(Buffer.concat(chunks).toString('utf8'), request.headers);
        arrive(`${request.headers['webhook-id']} received, signature verified`);
      } catch (error) {
        arrive(`received, but its signature does not verify: ${error.message}`);
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  setTimeout(() => arrive(`did not arrive in ${WEBHOOK_MS / 1000} s`), WEBHOOK_MS).unref();
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    arrived,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
