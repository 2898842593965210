import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './support/tenant-table.js';

const TABLES = ['price_watch_states', 'price_watches', 'priced_products', 'price_observations'];
/** Of a month: more than so many rows outside it are not moved, for that would hold everybody up. */
const MOST_MOVED = 50_000;

/** What prices were seen, by month; what is known of the products they are of; and who wants to be told when one moves. */
export class Prices1764102000000 implements MigrationInterface {
  name = 'Prices1764102000000';

  async up(runner: QueryRunner): Promise<void> {
    await this.observations(runner);
    await this.watches(runner);
    for (const table of TABLES) await tenantTable(runner, table);
    await this.months(runner);
    await runner.query(
      `SELECT price_month((current_date + make_interval(months => ahead))::date) FROM generate_series(0, 2) ahead`,
    );
  }

  private async observations(runner: QueryRunner): Promise<void> {
    // `product_key`: a product of the history, or what a shop calls it. `unit_micros`: millionths of a cent for one g, ml or piece.
    await runner.query(`
      CREATE TABLE price_observations (
        id text NOT NULL,
        tenant_id text NOT NULL,
        product_key text NOT NULL,
        store_key text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('paid', 'shelf', 'quoted', 'clearance', 'manual')),
        observed_on date NOT NULL,
        last_seen timestamptz NOT NULL,
        price_cents integer NOT NULL,
        currency text NOT NULL,
        amount double precision NOT NULL,
        unit text NOT NULL CHECK (unit IN ('g', 'ml', 'each')),
        unit_micros bigint NOT NULL,
        regular_cents integer,
        source text NOT NULL,
        source_ref text NOT NULL
      ) PARTITION BY RANGE (observed_on)`);
    await runner.query(`
      CREATE UNIQUE INDEX price_observations_once
      ON price_observations (tenant_id, product_key, observed_on, kind, store_key, source_ref)`);
    await runner.query(
      `CREATE INDEX price_observations_paid ON price_observations (tenant_id, source_ref) WHERE kind = 'paid'`,
    );
    // What no month is made for yet: a history of years ago, or a backup that is restored.
    await runner.query('CREATE TABLE price_observations_rest PARTITION OF price_observations DEFAULT');
    await tenantTable(runner, 'price_observations_rest');
    await runner.query('REVOKE ALL ON price_observations_rest FROM loopgpt_app');
    // A key that is another product's by now names it in same_as.
    await runner.query(`
      CREATE TABLE priced_products (
        tenant_id text NOT NULL REFERENCES tenants(id),
        key text NOT NULL,
        name text NOT NULL,
        words text[] NOT NULL,
        same_as text,
        PRIMARY KEY (tenant_id, key)
      )`);
    await runner.query(
      'CREATE INDEX priced_products_same ON priced_products (tenant_id, same_as) WHERE same_as IS NOT NULL',
    );
  }

  private async watches(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE price_watches (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants(id),
        product_key text,
        words text[],
        asked jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CHECK ((product_key IS NULL) <> (words IS NULL))
      )`);
    await runner.query('CREATE INDEX price_watches_tenant ON price_watches (tenant_id, id DESC)');
    // On which side of the line each product that is watched stands, and what is to be told when the night is over.
    await runner.query(`
      CREATE TABLE price_watch_states (
        watch_id text NOT NULL REFERENCES price_watches(id) ON DELETE CASCADE,
        product_key text NOT NULL,
        tenant_id text NOT NULL REFERENCES tenants(id),
        side text NOT NULL CHECK (side IN ('below', 'above')),
        told jsonb,
        told_at timestamptz,
        owed jsonb,
        owed_at timestamptz,
        PRIMARY KEY (watch_id, product_key)
      )`);
    await runner.query(
      'CREATE INDEX price_watch_states_owed ON price_watch_states (owed_at) WHERE owed_at IS NOT NULL',
    );
    await runner.query('CREATE INDEX price_watch_states_tenant ON price_watch_states (tenant_id)');
  }

  /** Roles of the application own no table, so what makes and drops the months is the owner's. */
  private async months(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION price_month(day date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
      DECLARE
        first date := date_trunc('month', day)::date;
        beyond date := (date_trunc('month', day) + interval '1 month')::date;
        name text := 'price_observations_' || to_char(date_trunc('month', day), 'YYYYMM');
        strays integer;
      BEGIN
        IF day < '1990-01-01' OR day > current_date + 366 THEN RAISE EXCEPTION 'no month is made for %', day; END IF;
        IF to_regclass(name) IS NOT NULL THEN RETURN false; END IF;
        PERFORM pg_advisory_xact_lock(hashtext('price months'));
        IF to_regclass(name) IS NOT NULL THEN RETURN false; END IF;
        LOCK TABLE price_observations_rest IN ACCESS EXCLUSIVE MODE;
        ALTER TABLE price_observations_rest NO FORCE ROW LEVEL SECURITY;
        SELECT count(*) INTO strays FROM (SELECT FROM price_observations_rest
          WHERE observed_on >= first AND observed_on < beyond LIMIT ${MOST_MOVED + 1}) s;
        IF strays <= ${MOST_MOVED} THEN
          EXECUTE format('CREATE TABLE %I (LIKE price_observations INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
          EXECUTE format('WITH moved AS (DELETE FROM price_observations_rest WHERE observed_on >= %L AND observed_on < %L RETURNING *)
            INSERT INTO %I SELECT * FROM moved', first, beyond, name);
          EXECUTE format('ALTER TABLE price_observations ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, first, beyond);
          EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
          EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
          EXECUTE format('CREATE POLICY %I ON %I TO loopgpt_app USING (tenant_id = current_setting(''loopgpt.tenant_id'', true))
            WITH CHECK (tenant_id = current_setting(''loopgpt.tenant_id'', true))', name || '_tenant', name);
          EXECUTE format('CREATE POLICY %I ON %I TO loopgpt_worker USING (true) WITH CHECK (true)', name || '_worker', name);
        END IF;
        ALTER TABLE price_observations_rest FORCE ROW LEVEL SECURITY;
        RETURN strays <= ${MOST_MOVED};
      END $$`);
    await runner.query(`
      CREATE FUNCTION price_months_before(day date) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
      DECLARE
        month text;
        dropped integer := 0;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('price months'));
        FOR month IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
          WHERE i.inhparent = 'price_observations'::regclass AND c.relname ~ '_[0-9]{6}$'
            AND right(c.relname, 6) < to_char(day, 'YYYYMM') ORDER BY 1
        LOOP
          EXECUTE format('DROP TABLE %I', month);
          dropped := dropped + 1;
        END LOOP;
        RETURN dropped;
      END $$`);
    for (const name of ['price_month(date)', 'price_months_before(date)']) {
      await runner.query(`REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${name} TO loopgpt_worker`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['price_month(date)', 'price_months_before(date)']) await runner.query(`DROP FUNCTION ${name}`);
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
