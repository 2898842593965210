import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button, LinkButton } from './kit/parts/controls.js';
import { t } from './kit/language/kit-words.js';
import { Layout, SIGN_IN } from './kit/frame/layout.js';
import type { PageEntry, PageProps } from './kit/frame/page.js';
import { go, paramsOf, place } from './kit/frame/router.js';
import { presence } from './kit/client/session.js';
import { SignIn } from './kit/frame/sign-in.js';
import { Empty, Waiting } from './kit/parts/states.js';
import { FIRST_PAGE, PAGES } from './pages.js';

export function App() {
  return (
    <Layout pages={PAGES}>
      <Here />
    </Layout>
  );
}

/** The page that the address names, for those who may see one. */
function Here() {
  const { path } = place.value;
  const who = presence.value;
  const { state } = who;
  useEffect(() => {
    if (path === '/' || (path === SIGN_IN && state === 'in')) go(FIRST_PAGE, { replace: true });
  }, [path, state]);
  if (path === '/' || state === 'asking') return <Waiting />;
  if (state === 'out' || state === 'ended' || path === SIGN_IN) return <SignIn ended={state === 'ended'} />;
  // Nothing that one tenant was shown is left when another comes.
  const tenant = who.state === 'in' ? who.session.tenantId : '';
  for (const entry of PAGES) {
    const params = paramsOf(entry.path, path);
    if (params) return <Page key={`${tenant} ${entry.path}`} entry={entry} params={params} />;
  }
  return (
    <Empty icon="search" title={t().noPage}>
      <LinkButton to={FIRST_PAGE}>{t().toStart}</LinkButton>
    </Empty>
  );
}

const known = new Map<string, ComponentType<PageProps>>();
let isFirst = true;

function Page({ entry, params }: { entry: PageEntry } & PageProps) {
  const loaded = useSignal(known.get(entry.path) ?? null);
  const failed = useSignal(false);
  useEffect(() => {
    // Who went here by a link is told so, and goes on from its beginning.
    if (!isFirst) document.getElementById('page')?.focus({ preventScroll: true });
    if (!isFirst) scrollTo(0, 0);
    isFirst = false;
    if (loaded.peek()) return;
    entry.load().then(
      ({ default: component }) => {
        known.set(entry.path, component);
        loaded.value = component;
      },
      () => (failed.value = true),
    );
  }, []);
  const Loaded = loaded.value;
  if (failed.value) {
    return (
      <Empty icon="warn" title={t().newVersion}>
        <Button icon="again" onClick={() => location.reload()}>
          {t().reload}
        </Button>
      </Empty>
    );
  }
  return <div>{Loaded ? <Loaded params={params} /> : <Waiting rows={5} />}</div>;
}
