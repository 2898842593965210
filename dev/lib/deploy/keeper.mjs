// Keeps the parts of a deployment up: starts them in order, starts again what ends, watches what was released last, and goes back to the
// release before when that is given up.
import { spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holderOf } from './ports.mjs';
import { Verdict, countsIn } from './verdict.mjs';

const AGAIN_MS = 1000;
const GRACE_MS = 12_000;
const ASK_MS = 4000;

export class Keeper {
  #dir;
  #partsOf;
  #limits;
  #running = new Map();
  #state;
  #verdict = null;
  #looking;
  #turn = Promise.resolve();

  /**
   * `dir`: where state.json and the logs are. `partsOf(release)`: what is to run, in order: {name, port, host, health, metrics, released, command,
   * args, env} or {name, port, begin()}, which answers {pid, stop()}. `limits`: startMs, lookMs and those of Verdict.
   */
  constructor({ dir, partsOf, limits }) {
    [this.#dir, this.#partsOf, this.#limits] = [dir, partsOf, limits];
    this.#state = { keeper: process.pid, release: null, previous: null, status: 'starting', why: null, parts: {} };
  }

  get state() {
    return this.#state;
  }

  /** Brings `release` up, or goes back to the one before it. Resolves when either is done. */
  deploy(release) {
    return this.#next(() => this.#deploy(release));
  }

  /** Ends all parts, the last first. */
  stop() {
    clearInterval(this.#looking);
    return this.#next(async () => {
      await this.#end(() => true);
      this.#tell({ status: 'stopped' });
    });
  }

  #next(work) {
    this.#turn = this.#turn.then(work, work);
    return this.#turn;
  }

  async #deploy(release) {
    clearInterval(this.#looking);
    const before = this.#state.release;
    this.#tell({
      release,
      previous: before === release ? this.#state.previous : before,
      status: 'starting',
      why: null,
    });
    const why = await this.#bringUp(release);
    if (why === null) return this.#watch();
    await this.#goBack(why);
  }

  async #bringUp(release) {
    await this.#end(({ released }) => released);
    const until = Date.now() + this.#limits.startMs;
    for (const part of await this.#partsOf(release)) {
      if (this.#running.has(part.name)) continue;
      const holder = part.port ? await holderOf(part.port, part.host) : null;
      if (holder !== null) return `port ${part.port} of ${part.name} is held by ${holder}`;
      await this.#begin(part);
      while (!(await this.#look(part))) {
        if (Date.now() >= until)
          return `${part.name} was not up after ${this.#limits.startMs / 1000} s; see ${this.#logOf(part)}`;
        await new Promise((done) => setTimeout(done, Math.min(500, this.#limits.lookMs)));
      }
    }
    return null;
  }

  async #goBack(why) {
    const { release, previous } = this.#state;
    clearInterval(this.#looking);
    this.#say(`${release} is given up: ${why}`);
    if (previous === null) {
      // What is wrong may pass, and with nothing to go back to anything is better than nothing; unless it never came up.
      if (this.#state.status === 'up')
        return (this.#tell({ why: `${why}; there is no release to go back to` }), this.#watch());
      await this.#end(() => true);
      return this.#tell({ status: 'failed', why });
    }
    this.#tell({ release: previous, previous: null, status: 'going back', why: `${release}: ${why}` });
    const also = await this.#bringUp(previous);
    if (also === null) {
      this.#tell({ status: 'rolled back' });
      return this.#watch();
    }
    await this.#end(() => true);
    this.#tell({ status: 'failed', why: `${this.#state.why}; and ${previous}: ${also}` });
  }

  #watch() {
    if (this.#state.status === 'starting') this.#tell({ status: 'up' });
    this.#verdict = new Verdict(this.#limits);
    let isBusy = false;
    this.#looking = setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      void this.#lookAtAll().finally(() => (isBusy = false));
    }, this.#limits.lookMs);
  }

  async #lookAtAll() {
    for (const { part } of this.#running.values()) {
      const healthy = await this.#look(part);
      if (!part.released) continue;
      const counts = part.metrics ? await this.#counts(part) : null;
      const why = this.#verdict.see({
        at: performance.now(),
        healthy,
        requests: counts?.requests ?? null,
        errors: counts?.errors ?? 0,
      });
      if (why === null) continue;
      void this.#next(() => this.#goBack(why));
      clearInterval(this.#looking);
      return;
    }
  }

  /** Whether the part is well, which is noted. A part that says nothing of its health is while it runs. */
  async #look(part) {
    const running = this.#running.get(part.name);
    const answer = running?.pid && part.health ? await ask(part, part.health) : null;
    const healthy = Boolean(running?.pid) && (!part.health || Boolean(answer?.ok));
    const { port, release } = part;
    const health = healthy ? 'healthy' : running?.pid ? 'unhealthy' : 'down';
    const { pid = null, since = null, restarts = 0 } = running ?? {};
    this.#tell({ parts: { ...this.#state.parts, [part.name]: { pid, port, release, since, restarts, health } } });
    return healthy;
  }

  async #counts(part) {
    const answer = await ask(part, part.metrics);
    return answer?.ok ? countsIn(await answer.text()) : null;
  }

  async #begin(part, restarts = 0) {
    const running = { part, restarts, since: new Date().toISOString(), pid: null, isWanted: true, stop: null };
    this.#running.set(part.name, running);
    if (part.begin) {
      ({ pid: running.pid, stop: running.stop } = await part.begin());
      return;
    }
    const log = openSync(this.#logOf(part), 'a');
    const child = spawn(part.command, part.args, { env: part.env, cwd: part.cwd, stdio: ['ignore', log, log] });
    closeSync(log);
    running.pid = child.pid ?? null;
    const gone = new Promise((done) => {
      child.once('exit', done);
      child.once('error', done);
    });
    running.stop = async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await gone;
      clearTimeout(timer);
    };
    void gone.then(() => {
      running.pid = null;
      if (!running.isWanted || this.#running.get(part.name) !== running) return;
      this.#say(`${part.name} has ended by itself; it is started again`);
      setTimeout(() => {
        if (running.isWanted && this.#running.get(part.name) === running) void this.#begin(part, restarts + 1);
      }, AGAIN_MS);
    });
  }

  async #end(which) {
    for (const { part } of [...this.#running.values()].reverse()) {
      if (!which(part)) continue;
      const running = this.#running.get(part.name);
      running.isWanted = false;
      this.#running.delete(part.name);
      if (running.pid) await running.stop();
      const { [part.name]: _, ...parts } = this.#state.parts;
      this.#tell({ parts });
    }
  }

  #logOf = ({ name }) => join(this.#dir, `${name}.log`);

  #say(sentence) {
    console.log(`${new Date().toISOString()} ${sentence}`);
  }

  #tell(changes) {
    const said = changes.status && changes.status !== this.#state.status;
    this.#state = { ...this.#state, ...changes };
    if (said)
      this.#say(`${this.#state.release}: ${this.#state.status}${this.#state.why ? ` (${this.#state.why})` : ''}`);
    const file = join(this.#dir, 'state.json');
    writeFileSync(`${file}.new`, JSON.stringify(this.#state, null, 2));
    renameSync(`${file}.new`, file);
  }
}

/** Null when nobody answers in time. */
async function ask({ host = '127.0.0.1', port }, path) {
  try {
    return await fetch(`http://${host}:${port}${path}`, { signal: AbortSignal.timeout(ASK_MS) });
  } catch {
    return null; // which is what is asked
  }
}
