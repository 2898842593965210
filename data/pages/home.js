// Asks how the service is, and routes the sample cart when the button is pressed. Loaded by / alone.
const find = (id) => document.getElementById(id);

function row(tag, cells, className = '') {
  const line = document.createElement('tr');
  line.className = className;
  for (const [text, kind] of cells) {
    const cell = document.createElement(tag);
    cell.textContent = text;
    cell.className = kind ?? '';
    line.append(cell);
  }
  return line;
}

async function showHealth() {
  const pill = find('health');
  try {
    const { status } = await (await fetch('/health/ready')).json();
    pill.textContent = status;
    pill.className = `pill ${status}`;
  } catch {
    pill.textContent = 'cannot be reached';
    pill.className = 'pill unready';
  }
}

function partOf(quote, outcome) {
  if (quote.providerId === outcome.winner?.providerId) return 'winner';
  if (quote.late) return 'late';
  if (quote.status === 'failed') return `failed: ${quote.reason}`;
  return quote.status === 'link' ? 'link, no price' : 'counted';
}

function show({ id, outcome, quotes }) {
  const money = (cents) => (typeof cents === 'number' ? `$${(cents / 100).toFixed(2)}` : '–');
  const ranked = [outcome.winner, ...outcome.fallbacks].filter(Boolean);
  const rows = quotes.map((quote) => {
    const told = money(quote.totalCents);
    // With what the provider did not tell assumed: what is compared, and what the sentence above speaks of.
    const all = money(ranked.find(({ providerId }) => providerId === quote.providerId)?.comparedCents);
    const part = partOf(quote, outcome);
    const cells = [
      [quote.providerId],
      [told, 'number'],
      [all, 'number'],
      [`${Math.round(quote.latencyMs)} ms`, 'number'],
      [part],
    ];
    return row('td', cells, part === 'winner' ? 'winner' : '');
  });
  find('quotes').replaceChildren(
    row('th', [['provider'], ['as told', 'number'], ['all in', 'number'], ['took', 'number'], ['part']]),
    ...rows,
  );
  find('explanation').textContent = outcome.explanation;
  for (const [link, path] of [['route', ''], ['timeline', '/timeline'], ['record', '/record']]) {
    find(link).href = `/v1/routes/${id}${path}`;
  }
  find('result').hidden = false;
}

async function routeSample(button) {
  const problem = find('problem');
  button.disabled = true;
  problem.hidden = true;
  try {
    const cart = await (await fetch('/pages/sample.json')).text();
    const headers = { 'content-type': 'application/json', prefer: 'wait=10' };
    const answer = await fetch('/v1/routes', { method: 'POST', headers, body: cart });
    const body = await answer.json();
    if (!body.outcome) throw new Error(body.detail ?? 'It has not been decided yet.');
    show(body);
  } catch (error) {
    problem.textContent = error.message;
    problem.hidden = false;
  } finally {
    button.disabled = false;
  }
}

find('try')?.addEventListener('click', (event) => void routeSample(event.currentTarget));
void showHealth();
