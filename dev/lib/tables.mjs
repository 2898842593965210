// Whose tables are whose. SQL that names another room's table ties the two together behind the compiler's back.
const OWNERS = {
  'src/events': ['events', 'event_positions', 'spilled_events', 'dead_letters', 'running_processes', 'crash_suspects'],
  'src/platform': ['cache_entries', 'ai_calls', 'ai_days'],
  'src/operations': ['idempotency_keys'],
  'src/modules/tenants': ['tenants', 'api_keys', 'sessions'],
  'src/modules/switches': ['switches', 'operator_acts'],
  'src/modules/providers': ['call_budgets', 'call_budget_shares'],
  'src/modules/nutrition': ['fdc_datasets', 'fdc_foods'],
  'src/modules/orders': [
    'imports',
    'import_chunks',
    'orders',
    'order_sources',
    'order_lines',
    'products',
    'product_keys',
    'product_joins',
    'product_decisions',
  ],
  'src/modules/prices': [
    'price_observations',
    'price_observations_rest',
    'priced_products',
    'quote_honesty',
    'price_watches',
    'price_watch_states',
  ],
  'src/modules/words': ['carts'],
  'src/modules/routing': ['routes', 'quotes', 'confirmations', 'decision_records', 'edge_log_entries', 'experiments'],
  'src/modules/discounts': ['clearances', 'clearance_places', 'clearance_watches'],
  'src/modules/planning': [
    'meal_plans',
    'plan_generation_logs',
    'users',
    'user_intake',
    'error_logs',
    'clearance_reservations',
  ],
  'src/modules/notifications': ['webhook_endpoints', 'webhook_messages', 'webhook_deliveries', 'webhook_attempts'],
  'src/modules/ops': ['write_probes'],
};
const NAMED = /\b(?:FROM|JOIN|INTO|UPDATE|USING)\s+(?:ONLY\s+)?([a-z_]+)/g;

const ownerOf = new Map(Object.entries(OWNERS).flatMap(([room, tables]) => tables.map((table) => [table, room])));

/** The sentences of every table that SQL of `files` names outside its owner's room. */
export function foreignTables(files) {
  return files
    .filter(({ path }) => path.startsWith('src/') && !path.endsWith('.spec.ts'))
    .flatMap(({ path, text }) => {
      const named = new Set([...text.matchAll(NAMED)].map(([, table]) => table));
      return [...named]
        .filter((table) => ownerOf.has(table) && !path.startsWith(`${ownerOf.get(table)}/`))
        .map((table) => `${path} names ${table}, which is ${ownerOf.get(table)}'s; ask that room for it`);
    });
}

/** A table made by a migration that nobody owns. */
export function ownerless(files) {
  const made = files
    .filter(({ path }) => path.startsWith('migrations/'))
    .flatMap(({ text }) =>
      [...text.matchAll(/CREATE (?:UNLOGGED )?TABLE ([a-z_]+) (?!PARTITION)/g)].map(([, table]) => table),
    );
  return made
    .filter((table) => !ownerOf.has(table))
    .map((table) => `${table} has no owner; name it in dev/lib/tables.mjs`);
}

/** Migrations before this one are as they landed. */
const BESIDE_OTHERS_SINCE = 'migrations/1764131';

/** Indexes that a migration makes on a table that was there before: nobody could write it meanwhile. */
export function blockingIndexes(files) {
  return files
    .filter(({ path }) => /^migrations\/\d+-/.test(path) && path >= BESIDE_OTHERS_SINCE)
    .flatMap(({ path, text }) => {
      const made = new Set([...text.matchAll(/CREATE (?:UNLOGGED )?TABLE ([a-z_]+)/g)].map(([, table]) => table));
      return [...text.matchAll(/CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)(\w+)\s+ON ([a-z_]+)/g)]
        .filter(([, , table]) => !made.has(table))
        .map(
          ([, index, table]) =>
            `${path} makes ${index} while nobody can write ${table}; use createIndex() of migrations/support, without a transaction`,
        );
    });
}
