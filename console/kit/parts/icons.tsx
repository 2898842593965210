/** Lines of 24 × 24, drawn by hand for this console. */
const PATHS = {
  race: 'M4 21V4m0 1h13l-2.5 4L17 13H4',
  route:
    'M6 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm12-10a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 17h7a3.5 3.5 0 0 0 0-7H9a3 3 0 0 1 0-6h7',
  plan: 'M7 3v4m10-4v4M4 9h16M5 5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Zm3 8h3m2 0h3m-8 3h3',
  words: 'M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-8l-4 4v-4H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Zm3 4h8m-8 3h5',
  history: 'M4 5v5h5M4.6 14A8 8 0 1 0 6 7L4 10m8-3v5l3.5 2',
  near: 'M12 21s7-6.2 7-11.2A7 7 0 0 0 5 9.8C5 14.8 12 21 12 21Zm0-8.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4Z',
  webhooks: 'M9 8a4 4 0 1 1 6.5 3.1L18 16M8 12.5A4 4 0 1 0 11 17h6m-.5-3a4 4 0 1 1-1.7 6.6M12 8l-3.4 6',
  operators: 'M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5v5m-6 5v5',
  trophy:
    'M8 4h8v5a4 4 0 0 1-8 0V4Zm0 2H4.5c0 3 1.3 4.5 3.7 4.8M16 6h3.5c0 3-1.3 4.5-3.7 4.8M12 13v4m-4 3h8m-6.5 0c0-2 1-3 2.5-3s2.5 1 2.5 3',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  cross: 'M6 6l12 12M18 6 6 18',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15l1.5-2ZM10 18.5a2 2 0 0 0 4 0M12 5V3.5',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16Zm0-12.5V12l3 2',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1m2 3.7a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  shield: 'M12 3.5 5 6v5.5c0 4.3 2.9 7.4 7 9 4.1-1.6 7-4.7 7-9V6l-7-2.5Zm-3 8.3 2.2 2.2 4-4',
  again: 'M19 5v5h-5M19.4 14A8 8 0 1 1 18 7l1 3',
  arrow: 'M5 12h14m-6-6 6 6-6 6',
  down: 'm6 9 6 6 6-6',
  menu: 'M4 7h16M4 12h16M4 17h16',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0-13v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4m0-12.8L17 7M7 17l-1.4 1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z',
  halves: 'M12 20a8 8 0 1 0 0-16v16Zm0 0V4',
  out: 'M14 5H6a1 1 0 0 0-1 1v12a1 1 0 0 0 1 1h8m-3-7h10m-4-4 4 4-4 4',
  basket: 'M4 10h16l-1.6 8.2a1 1 0 0 1-1 .8H6.6a1 1 0 0 1-1-.8L4 10Zm4 0 3-6m5 6-3-6m-3 9v3m4-3v3',
  copy: 'M9 9h10v11H9V9Zm-4 6V4h10',
  download: 'M12 4v11m-5-4.5 5 5 5-5M5 20h14',
  warn: 'M12 4 3 19.5h18L12 4Zm0 6v4.5m0 2.5v.2',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 4 4',
  plus: 'M12 5v14M5 12h14',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 9a6 6 0 0 1 12 0m1-9a3 3 0 1 0-1-5.8m2.5 8.8A5.5 5.5 0 0 1 21 20',
  print: 'M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7v-7Z',
  key: 'M14.5 13.5a4.5 4.5 0 1 0-4-2.5L4 17.5V20h3l.5-2H10v-2.5l1.5-1.5M15.5 8.5v.1',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: what it means stands beside it, or in the name of its button. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" />
      <path d="M7 9h3l2.6 10.2a2 2 0 0 0 2 1.5h7.2a2 2 0 0 0 2-1.5L25.6 12H11" />
      <circle cx="15" cy="24.5" r="1.8" />
      <circle cx="22" cy="24.5" r="1.8" />
    </svg>
  );
}
