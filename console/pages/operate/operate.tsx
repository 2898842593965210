import type { PageProps } from '../../kit/frame/page.js';
import { may } from '../../kit/client/session.js';
import { Empty } from '../../kit/parts/states.js';
import { Heading } from '../../kit/parts/surfaces.js';
import { Tabs } from '../../kit/parts/tabs.js';
import { Acts } from './acts.js';
import { Credentials } from './credentials.js';
import { Experiments } from './experiments/experiments.js';
import { Keys } from './keys/keys.js';
import { Letters } from './letters.js';
import { Providers } from './providers.js';
import { Search } from './search.js';
import { Settings } from './settings.js';
import { t } from './words.js';
import { Work } from './work.js';

/** For who runs the place. Readers look; operators change, and say why. */
export default function Operate({ params: { part = 'providers' } }: PageProps) {
  if (!may('admin:read')) {
    return (
      <>
        <Heading title={t().title} />
        <Empty icon="key" title={t().notYours} />
      </>
    );
  }
  return (
    <>
      <Heading title={t().title} lead={may('admin') ? t().lead : t().leadReader} />
      <Tabs
        label={t().parts}
        tabs={[
          { to: '/operate', name: t().providers },
          { to: '/operate/search', name: t().search },
          { to: '/operate/work', name: t().work },
          { to: '/operate/letters', name: t().letters },
          { to: '/operate/experiments', name: t().experiments },
          { to: '/operate/keys', name: t().keys },
          { to: '/operate/credentials', name: t().credentials },
          { to: '/operate/settings', name: t().settings },
          { to: '/operate/acts', name: t().acts },
        ]}
      />
      <Part part={part} />
    </>
  );
}

function Part({ part }: { part: string }) {
  switch (part) {
    case 'search':
      return <Search />;
    case 'work':
      return <Work />;
    case 'letters':
      return <Letters />;
    case 'experiments':
      return <Experiments />;
    case 'keys':
      return <Keys />;
    case 'credentials':
      return <Credentials />;
    case 'settings':
      return <Settings />;
    case 'acts':
      return <Acts />;
    default:
      return <Providers />;
  }
}
