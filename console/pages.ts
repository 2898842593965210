import type { PageEntry } from './kit/frame/page.js';

/** Every page there is, in the order of the navigation. One line each. */
export const PAGES: readonly PageEntry[] = [
  { path: '/race/:id?', name: { en: 'Race', da: 'Kapløb' }, icon: 'race', load: () => import('./pages/race/race.js') },
  { path: '/routes/:id', within: '/race/:id?', load: () => import('./pages/route/route.js') },
  { path: '/plan', name: { en: 'Plan', da: 'Plan' }, icon: 'plan', load: () => import('./pages/plan/plan.js') },
  { path: '/plans/:id', within: '/plan', load: () => import('./pages/plan/plan.js') },
  {
    path: '/near/:id?',
    name: { en: 'Near you', da: 'Nær dig' },
    icon: 'near',
    load: () => import('./pages/near/near.js'),
  },
  { path: '/words/:id?', name: { en: 'Words', da: 'Ord' }, icon: 'words', load: () => import('./pages/words/talk.js') },
  {
    path: '/history/:part?/:id?',
    name: { en: 'History', da: 'Historik' },
    icon: 'history',
    needs: 'imports:read',
    load: () => import('./pages/history/history.js'),
  },
  {
    path: '/webhooks/:id?',
    name: { en: 'Webhooks', da: 'Webhooks' },
    icon: 'webhooks',
    needs: 'webhooks:read',
    load: () => import('./pages/webhooks/webhooks.js'),
  },
  {
    path: '/operate/:part?',
    name: { en: 'Operators', da: 'Drift' },
    icon: 'operators',
    needs: 'admin:read',
    load: () => import('./pages/operate/operate.js'),
  },
];

/** Where /console itself leads. */
export const FIRST_PAGE = '/race';
