import { escapeHtml, htmlPage } from '../../../platform/http/pages/html-page.js';
import type { Door } from './doors.js';

/** The page at /: what this is, a cart to try it with, and every door that is open. `keyless`: requests need no API key. Pure. */
export function homePage(doors: readonly Door[], { keyless, origin, cart }: Trial): string {
  const body = `<h1>Send a grocery cart, get the best provider</h1>
<p class="lead">Every grocery provider is asked at once. When enough have answered, or time is up, one wins, with its reasons:
by signed webhook, live stream, polling or long poll. Meal plans for a household come with recipes, figures that are proven, and a
shopping list that can be sent as such a cart.</p>
<h2>A sample</h2>
<section class="panel">${keyless ? BUTTON : ''}
${keyless ? RESULT : `<p>With an API key:</p>`}
<pre><code>${escapeHtml(curl(origin, cart, keyless))}</code></pre>
</section>
<h2>A meal plan</h2>
<section class="panel">
<p>Three days for one person. The plan reads as a page, and recipes are at <code>/v1/recipes</code>.</p>
<pre><code>${escapeHtml(curlPlan(origin, keyless))}</code></pre>
</section>
<h2>Where to go</h2>
<ul class="doors">
${doors.map(doorHtml).join('\n')}
</ul>`;
  const beside = '<span class="pill" id="health" role="status">asking …</span>';
  return htmlPage({ title: 'LoopGPT Commerce', body, scripts: ['/pages/home.js'], beside });
}

interface Trial {
  keyless: boolean;
  origin: string;
  cart: string;
}

const BUTTON = `<p>Milk, eggs and bananas to Cincinnati. <button id="try" type="button">Route this cart</button></p>
<p id="problem" role="alert" hidden></p>`;

const RESULT = `<div id="result" hidden>
<p id="explanation" aria-live="polite"></p>
<div class="wide"><table id="quotes"></table></div>
<p><a id="route" href="/docs">The route</a> · <a id="timeline" href="/docs">its timeline</a> · <a id="record" href="/docs">the signed record</a></p>
</div>
<p>From a terminal:</p>`;

const curl = (origin: string, cart: string, keyless: boolean): string =>
  posted(`${origin}/v1/routes`, 10, JSON.parse(cart), keyless);

const PERSON = { id: 'ann', ageYears: 35, sex: 'female', heightCm: 168, weightKg: 65 };

const curlPlan = (origin: string, keyless: boolean): string =>
  posted(`${origin}/v1/plans`, 20, { people: [PERSON], days: 3 }, keyless);

function posted(url: string, waitSeconds: number, body: unknown, keyless: boolean): string {
  const lines = [
    `curl -s ${url} \\`,
    ...(keyless ? [] : [`  -H 'authorization: Bearer '"$LOOPGPT_KEY" \\`, `  -H 'idempotency-key: '"$(date +%s)" \\`]),
    `  -H 'content-type: application/json' -H 'prefer: wait=${waitSeconds}' -d '${JSON.stringify(body)}'`,
  ];
  return lines.join('\n');
}

const doorHtml = ({ path, name, what, login }: Door): string =>
  `<li><a href="${path}"><strong>${escapeHtml(name)}</strong><code>${path}</code><span>${escapeHtml(what)}${
    login ? ` Login: ${escapeHtml(login)}.` : ''
  }</span></a></li>`;
