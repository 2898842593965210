import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button, Select } from '../parts/controls.js';
import { Icon, Mark } from '../parts/icons.js';
import { t } from '../language/kit-words.js';
import { may, presence, signOut } from '../client/session.js';
import { Offline } from '../parts/states.js';
import { language, speak, type Language } from '../language/words.js';
import type { PageEntry } from './page.js';
import { href, paramsOf, place } from './router.js';
import { theme, wear, type Theme } from './theme.js';

/** For those who need no key here and want to be somebody all the same. */
export const SIGN_IN = '/sign-in';

/** The frame of every page: where one can go, who one is, how it looks and in which language. */
export function Layout({ pages, children }: { pages: readonly PageEntry[]; children: ComponentChildren }) {
  const open = useSignal(false);
  const { path } = place.value;
  useEffect(() => void (open.value = false), [path]);
  useEffect(() => void (document.documentElement.lang = language.value), [language.value]);
  return (
    <div class="layout">
      <a class="skip" href="#page">
        {t().skip}
      </a>
      <header class="bar">
        <a class="brand" href={href('/')}>
          <Mark />
          <span>LoopGPT Commerce</span>
        </a>
        <button
          type="button"
          class="button quiet menu"
          aria-expanded={open.value}
          aria-controls="pages"
          onClick={() => (open.value = !open.value)}
        >
          <Icon name={open.value ? 'cross' : 'menu'} />
          {t().menu}
        </button>
        <div id="pages" class={open.value ? 'side open' : 'side'}>
          <nav aria-label={t().navigation}>
            <ul>{pages.filter(isOffered).map((page) => navigation(page, here(pages, path)))}</ul>
          </nav>
          <Choices />
        </div>
      </header>
      <main id="page" tabIndex={-1}>
        <Offline />
        {children}
      </main>
    </div>
  );
}

const isOffered = ({ name, needs }: PageEntry): boolean => name !== undefined && (needs === undefined || may(needs));

/** The page of the navigation that `at` is of. */
function here(pages: readonly PageEntry[], at: string): string | undefined {
  const page = pages.find(({ path }) => paramsOf(path, at) !== null);
  return page?.within ?? page?.path;
}

function navigation({ path, name, icon }: PageEntry, at: string | undefined) {
  const to = path.replace(/\/:.*$/, '');
  const isHere = path === at;
  return (
    <li key={path}>
      <a href={href(to)} aria-current={isHere ? 'page' : undefined}>
        {icon && <Icon name={icon} />}
        {name?.[language.value]}
      </a>
    </li>
  );
}

function Choices() {
  const who = presence.value;
  return (
    <div class="choices">
      <nav aria-label={t().otherDoors}>
        <a href="/docs">{t().docs}</a>
        <a href="/admin/queues">{t().queues}</a>
      </nav>
      <Select<Theme>
        label={t().theme}
        value={theme.value}
        onChange={wear}
        choices={[
          { value: 'auto', label: t().system },
          { value: 'light', label: t().light },
          { value: 'dark', label: t().dark },
        ]}
      />
      <Select<Language>
        label={t().language}
        value={language.value}
        onChange={speak}
        choices={[
          { value: 'en', label: 'English' },
          { value: 'da', label: 'Dansk' },
        ]}
      />
      {who.state === 'open' && (
        <p class="quiet">
          {t().openHere} · <a href={href(SIGN_IN)}>{t().signIn}</a>
        </p>
      )}
      {who.state === 'in' && (
        <>
          <p class="quiet who" title={who.session.tenantId}>
            {who.session.tenantName || who.session.tenantId}
          </p>
          <Button look="quiet" icon="out" onClick={() => void signOut()}>
            {t().signOut}
          </Button>
        </>
      )}
    </div>
  );
}
