// The floors of ARCHITECTURE.md as law.
const floors = [
  ['common'],
  ['platform', 'vocabulary', 'clock'],
  ['queues', 'events'],
  ['operations'],
  ['modules/tenants', 'modules/switches'],
  ['modules/providers', 'modules/nutrition'],
  ['modules/prices'],
  ['modules/discounts'],
  ['modules/orders'],
  ['modules/routing'],
  ['modules/planning'],
  ['modules/words'],
  ['modules/notifications', 'modules/live'],
  ['modules/ops'],
];
/** Files of src/ itself: those that every floor may import, and those that see all. */
const OPEN = ['config', 'environment', 'errors'];
const TOP = ['app.module', 'main', 'read-config', 'server'];
/** Rows that a module contributes to a table below it. */
const CONTRIBUTED = '^src/modules/[^/]+/[^/]+\\.events\\.ts$';
/** Rooms, and kinds of files, that decide and touch nothing. */
const PURE = [
  '^src/(common|vocabulary)/',
  '/deciding/',
  '^src/modules/nutrition/[^/]+(?<!\\.module)\\.ts$',
  '^src/modules/planning/(clearing|needs|solver/[^/]+)/',
  '^src/modules/routing/splitting/',
  '^src/modules/discounts/offering/',
  '^src/modules/providers/matching/',
  '^src/modules/words/reading/',
  '\\.(asyncapi|card|dto|environment|errors|events|mapping|wire)\\.ts$',
];
const FRAMEWORK = [
  'node_modules/(@nestjs|bullmq|fastify|ioredis|kafkajs|nestjs-pino|pg|pino|typeorm|undici|ws)/',
  '^(node:)?(child_process|cluster|dgram|dns|fs|http2?|https|net|tls|worker_threads)(/|$)',
];
const STORES = ['^src/platform/(cache|database|llm)/', '^src/platform/outgoing/.*client\\.ts$'];
const pattern = (folders) => `^src/(${folders.join('|')})/`;
const upward = floors.flatMap((folders, floor) => {
  const above = floors.slice(floor + 1).flat();
  if (folders.length === 0 || above.length === 0) return [];
  return [
    {
      name: `floor-${floor}-imports-up`,
      severity: 'error',
      from: { path: pattern(folders), pathNot: '\\.spec\\.ts$' },
      to: { path: pattern(above), pathNot: CONTRIBUTED },
    },
  ];
});

/** Modules of one floor know nothing of each other. */
const sideways = floors
  .flatMap((folders) => folders.filter((folder) => folder.startsWith('modules/')).map((folder) => [folder, folders]))
  .flatMap(([folder, folders]) => {
    const beside = folders.filter((other) => other !== folder);
    if (beside.length === 0) return [];
    return [
      {
        name: `${folder.replace('modules/', '')}-imports-sideways`,
        severity: 'error',
        from: { path: pattern([folder]), pathNot: '\\.spec\\.ts$' },
        to: { path: pattern(beside) },
      },
    ];
  });

module.exports = {
  forbidden: [
    ...upward,
    ...sideways,
    {
      name: 'every-folder-has-a-floor',
      comment: 'Name the folder in floors above, and in ARCHITECTURE.md.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [pattern(floors.flat()), `^src/(${[...OPEN, ...TOP].join('|')})(\\.spec)?\\.ts$`],
      },
      to: {},
    },
    {
      name: 'no-floor-sees-the-top',
      severity: 'error',
      from: { path: pattern(floors.flat()), pathNot: '\\.spec\\.ts$' },
      to: { path: `^src/(${TOP.join('|')})\\.ts$` },
    },
    {
      name: 'errors-are-gathered-once',
      comment: 'Take codes from src/errors.ts; a module only contributes its rows.',
      severity: 'error',
      from: { pathNot: '^src/errors\\.ts$' },
      to: { path: '\\.errors\\.ts$' },
    },
    {
      name: 'variables-are-gathered-once',
      comment: 'Read them from Config; a module only contributes its rows.',
      severity: 'error',
      from: { pathNot: '^src/environment\\.ts$' },
      to: { path: '\\.environment\\.ts$' },
    },
    {
      name: 'ops-gathers',
      comment: 'What a module counts, forgets and knows of a route is its own; only operations name what all have.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/', pathNot: '^src/modules/ops/' },
      to: { path: '^src/modules/.*\\.(metrics|retention|timeline)\\.ts$', pathNot: '^src/modules/$1/' },
    },
    {
      name: 'the-client-stands-alone',
      comment: 'It runs elsewhere: nothing of the server, and no package but standardwebhooks.',
      severity: 'error',
      from: { path: '^sdk/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^sdk/', 'node_modules/standardwebhooks/'] },
    },
    {
      name: 'the-console-has-the-client-alone',
      comment: 'It runs in browsers: what it needs of the product is in sdk/.',
      severity: 'error',
      from: { path: '^console/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^(console|sdk)/', 'node_modules/(preact|@preact/signals|uplot)/'] },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-barrels', severity: 'error', from: {}, to: { path: '^src/.*/index\\.ts$' } },
    {
      name: 'a-module-keeps-its-insides',
      comment: 'From another module only its module, service, contract, decorators, guards and plain vocabulary.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^src/modules/',
        pathNot: [
          '^src/modules/$1/',
          '\\.(module|service|decorator|guard|asyncapi|metrics|retention|timeline)\\.ts$',
          '/provider\\.ts$',
          '/providers/offer\\.ts$',
          '/discounts/offering/[^/]+\\.ts$',
          '/lanes\\.ts$',
          '/providers/cards\\.ts$',
          '/providers/matching/likeness\\.ts$',
          '/scopes\\.ts$',
          '/nutrition/cookbook/(recipe-card(\\.dto)?|recipe-text)\\.ts$',
          '/nutrition/(nutrients|foods|portions|recipes|allergens|diets|intakes|library|price-list)\\.ts$',
        ],
      },
    },
    {
      name: 'a-provider-sees-no-other',
      comment:
        'Nor how it is called: what adapters share is in adapting/ and matching/, and what their specs share in conformance/.',
      severity: 'error',
      from: { path: '^src/modules/providers/(?!warming/)([^/]+)/' },
      to: {
        path: '^src/modules/providers/[^/]+/',
        pathNot: ['^src/modules/providers/$1/', '^src/modules/providers/(adapting|matching|conformance)/'],
      },
    },
    {
      name: 'a-card-costs-nothing-to-import',
      comment: 'The environment is gathered from cards before anything runs: plain data, and no adapter.',
      severity: 'error',
      from: { path: '^src/modules/providers/([a-z-]+/[a-z-]+\\.card|cards?|registry|providers\\.environment)\\.ts$' },
      to: {
        pathNot: [
          '^src/common/variables\\.ts$',
          '^src/modules/providers/([a-z-]+/[a-z-]+\\.(card|simulated-key)|cards?|registry)\\.ts$',
          'node_modules/zod/',
        ],
      },
    },
    {
      name: 'pure-rooms-do-no-io',
      comment: 'What decides stands in a folder named so, or in one of PURE; what reaches the world beside it.',
      severity: 'error',
      from: { path: PURE, pathNot: '\\.spec\\.ts$' },
      to: { path: [...FRAMEWORK, ...STORES] },
    },
    {
      name: 'adapters-know-no-framework',
      comment: 'A provider is handed its means by whoever calls it (ProviderTools).',
      severity: 'error',
      from: {
        path: '^src/modules/providers/(?!calling/|conformance/|warming/)[^/]+/',
        pathNot: '\\.(spec|simulator)\\.ts$',
      },
      to: { path: FRAMEWORK },
    },
    {
      name: 'simulators-stay-outside',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.spec\\.ts$', 'conformance\\.ts$', '\\.simulator\\.ts$'] },
      to: { path: '(^simulator/|\\.simulator\\.ts$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
