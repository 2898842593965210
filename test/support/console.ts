import { join } from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { startApp, type TestApp } from './app.js';
import { CHROMIUM } from './browser.js';

/** Of its pictures, px. */
const WIDTHS = [1280, 360];

/** Small words of English that are none of Danish. */
const ENGLISH =
  /\b(the|of|and|with|without|was|were|are|is|this|that|these|from|which|your|you|they|be|been|not|none|has|have|had|what|to|than|its|it|or|an|no|more|by)\b/gi;

const START_MS = 60_000;
const TEST_MS = 60_000;

export interface Visit {
  /** Where the instance is; that of the journey unless told. */
  origin?: string;
  /** Px; 1280 unless told. */
  width?: number;
  look?: 'light' | 'dark';
  language?: 'en' | 'da';
  /** An API key to sign in with. None is needed outside production. */
  key?: string;
}

/** The product and a browser at its console for the tests of a `describe`: started before the first, left after each, ended after the last. */
export function consoleJourney(start: () => Promise<TestApp> = startApp): ConsoleJourney {
  const journey = new ConsoleJourney();
  beforeAll(() => journey.start(start), START_MS);
  afterEach(() => journey.leave());
  afterAll(() => journey.close());
  return journey;
}

/** What a person does at the console. Each visit is a browser of its own, with nothing kept from another. */
export class ConsoleJourney {
  product!: TestApp;
  private browser?: Browser;
  private readonly contexts: BrowserContext[] = [];

  /** There is no browser where there is no Chromium. */
  async start(start: () => Promise<TestApp>): Promise<void> {
    this.product = await start();
    if (!CHROMIUM) return;
    const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
    this.browser = await chromium.launch({ executablePath: CHROMIUM, args });
  }

  /** Opens `path` below /console, and signs in there with the key if one is given. */
  async visit(
    path: string,
    { origin = this.product.url, width = 1280, look, language = 'en', key }: Visit = {},
  ): Promise<Shown> {
    const context = await this.browser!.newContext({
      viewport: { width, height: 900 },
      colorScheme: look ?? 'light',
      locale: language === 'da' ? 'da-DK' : 'en-US',
    });
    this.contexts.push(context);
    const page = await context.newPage();
    const shown = new Shown(page);
    if (key) {
      await page.goto(`${origin}/console/sign-in`, { waitUntil: 'load' });
      await shown.signIn(key);
    }
    await page.goto(`${origin}/console${path}`, { waitUntil: 'load' });
    return shown;
  }

  /** Two tests of what a Dane sees at `path` on a telephone: one in each look. */
  onTelephone(path: string, look: (shown: Shown) => Promise<void>): void {
    it.each(['light', 'dark'] as const)(
      'fits a telephone and speaks Danish, %s',
      async (scheme) => look(await this.visit(path, { width: 360, look: scheme, language: 'da' })),
      TEST_MS,
    );
  }

  /** Ends what was visited. */
  async leave(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.browser?.close();
    await this.product?.close();
  }
}

/** One page of the console in a browser. */
export class Shown {
  /** What its scripts did wrong, and what its policy refused them. Requests that fail are a matter of the journey. */
  readonly errors: string[] = [];

  constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && /policy|Trusted/i.test(message.text())) this.errors.push(message.text());
    });
  }

  async signIn(key: string): Promise<void> {
    await this.page.locator('input[type=password]').fill(key);
    await this.page.locator('form.sign-in button[type=submit]').click();
    await this.page.locator('form.sign-in').waitFor({ state: 'detached' });
  }

  /** What of the page people with a screen reader or without a mouse are kept from; nothing serious or critical may be. */
  async barriers(): Promise<string[]> {
    // Colours on their way from one to another are neither.
    await this.page.evaluate(
      'Promise.all(document.getAnimations().filter((one) => one.effect.getComputedTiming().iterations !== Infinity).map((one) => one.finished.catch(() => null)))',
    );
    await this.page.evaluate(axe.source);
    const found = (await this.page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as axe.AxeResults;
    return found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  }

  /** The last part of the page's address: the id of what it shows. */
  get id(): string {
    return new URL(this.page.url()).pathname.split('/').at(-1)!;
  }

  /**
   * What of the page is an English sentence of ours, where Danish is spoken: texts with two of the small words that Danish has not, whatever language
   * they are marked as. `data`: what is told as it is, such as the steps of recipes.
   */
  async english(data: readonly string[] = []): Promise<string[]> {
    const texts = await this.page.evaluate<string[]>(`(() => {
      for (const one of document.querySelectorAll('details')) one.open = true;
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode.data.trim());
      for (const one of document.querySelectorAll('[title], [placeholder], [aria-label]'))
        for (const name of ['title', 'placeholder', 'aria-label']) texts.push(one.getAttribute(name) ?? '');
      return texts;
    })()`);
    const known = data.filter((text) => text !== '');
    const ours = (text: string) => known.reduce((rest, told) => rest.replaceAll(told, ''), text);
    return texts.filter((text) => (ours(text).match(ENGLISH) ?? []).length >= 2);
  }

  /** Whether nothing is wider than the screen. */
  fits(): Promise<boolean> {
    return this.page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');
  }

  /** Pictures of the whole page as it is, wide and narrow, into docs/console: only for `npm run console:screenshots`. */
  async pictures(name: string): Promise<void> {
    if (!process.env.CONSOLE_SCREENSHOTS) return;
    const before = this.page.viewportSize()!;
    for (const width of WIDTHS) {
      await this.page.setViewportSize({ width, height: 640 });
      await this.page.waitForTimeout(300);
      const height = await this.page.evaluate<number>('document.documentElement.scrollHeight');
      await this.page.setViewportSize({ width, height: Math.max(height, 640) });
      await this.page.waitForTimeout(300);
      await this.page.screenshot({ path: join('docs', 'console', `${name}-${width}.png`) });
    }
    await this.page.setViewportSize(before);
  }
}
