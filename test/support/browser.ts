import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** Debian's own, or the one named by TEST_CHROMIUM; null where there is none. */
export const CHROMIUM =
  [process.env.TEST_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (path) => path && existsSync(path),
  ) ?? null;

/** A `describe` that is skipped where there is no Chromium. */
export const inBrowser = CHROMIUM ? describe : describe.skip;

/** What a page did that no page of ours may do, as its browser tells it. */
export interface Seen {
  page: Page;
  /** Refused by its policy, errors of its scripts and answers that failed. */
  errors: string[];
  /** Hosts other than ours that it asked something of. */
  foreign: string[];
}

/** Runs in the page, before all of its own. */
const TELL_OF_POLICY = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));`;

/** A browser as a person has it, whose pages are watched. */
export class WatchedBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly origin: string,
  ) {}

  static async start(origin: string): Promise<WatchedBrowser> {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
    return new WatchedBrowser(await chromium.launch({ executablePath: CHROMIUM!, args }), origin);
  }

  /** Opens `path` and resolves once it has nothing more to load. */
  async open(path: string, { width = 1280, login }: { width?: number; login?: [string, string] } = {}): Promise<Seen> {
    const context: BrowserContext = await this.browser.newContext({
      viewport: { width, height: 900 },
      ...(login ? { httpCredentials: { username: login[0], password: login[1] } } : {}),
    });
    const page = await context.newPage();
    const seen: Seen = { page, errors: [], foreign: [] };
    page.on('console', (message) => {
      if (message.type() === 'error') seen.errors.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => seen.errors.push(String(error)));
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== this.origin) seen.foreign.push(request.url());
    });
    await page.addInitScript(TELL_OF_POLICY);
    await page.goto(this.origin + path, { waitUntil: 'load' });
    return seen;
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}
