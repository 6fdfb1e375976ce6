/** Outlines in a 24 by 24 grid. */
export const ICON = {
  play: 'M8 5v14l11-7z',
  pause: 'M6 5h4v14H6zM14 5h4v14h-4z',
  replay: 'M12 5V1L7 6l5 5V7a6 6 0 1 1-6 6H4a8 8 0 1 0 8-8z',
  previous: 'M5 5h2.5v14H5zM20 5v14L9 12z',
  next: 'M16.5 5H19v14h-2.5zM4 5v14l11-7z',
  skip: 'M3 6l7 6-7 6zM11 6l7 6-7 6zM19 6h2v12h-2z',
} as const;

/** Drawn as lines. */
export const LINE = {
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7l-1.3 1.2M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7l1.3-1.2',
  full: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  window: 'M9 4v5H4M20 9h-5V4M15 20v-5h5M4 15h5v5',
  keys: 'M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8',
} as const;

const CUSTOM = 'M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16z';

/** One shape per kind, so that colour is never the only difference. */
const SHAPE: Readonly<Record<string, string>> = {
  js_exception: 'M12 3l10 18H2z',
  api_error: 'M12 2l10 10-10 10L2 12z',
  validation_failed: 'M4 4h16v16H4z',
  ui_no_effect:
    'M12 1l2.3 6.9 7.2-1.4-4.9 5.5 4.9 5.5-7.2-1.4L12 23l-2.3-6.9-7.2 1.4L7.4 12 2.5 6.5l7.2 1.4z',
  network: 'M12 2l10 10-10 10L2 12zM12 8l-4 4 4 4 4-4z',
  console: 'M6 3.5l6 6 6-6L20.500 6l-6 6 6 6-2.500 2.500-6-6-6 6L3.500 18l6-6-6-6z',
  log: 'M8 4l9 8-9 8V16l4.500-4L8 8z',
  warning: 'M12 2l11 20H1zM11 9v6h2V9zM11 17v2h2v-2z',
  custom: CUSTOM,
  navigation: 'M5 3h2.500v18H5zM8.500 4H20l-3.500 4L20 12H8.500z',
  vital:
    'M12 4a9 9 0 0 0-9 9c0 2.300.900 4.400 2.300 6h13.400A9 9 0 0 0 12 4zM11 13.500l4.500-5 1.500 1.500-4.500 5z',
  longtask: 'M6 3h12v4l-4.500 5 4.500 5v4H6v-4l4.500-5L6 7z',
  span: 'M3 8h3v3h12V8h3v8h-3v-3H6v3H3z',
  reduced: 'M3 5h18l-7 8v6l-4-2v-4z',
};

/** The shape of a kind; a kind that is not known is drawn like an event of the site's own. */
export function shapeOfKind(kind: string): string {
  return SHAPE[kind] ?? CUSTOM;
}

export const KIND_WORDS: Readonly<Record<string, string>> = {
  js_exception: 'Exception',
  api_error: 'Failed request',
  validation_failed: 'Blocked form',
  ui_no_effect: 'No effect',
  network: 'Request',
  console: 'Console',
  custom: 'Custom event',
  navigation: 'Page',
  vital: 'Web vital',
  longtask: 'Long task',
  span: 'Span',
  reduced: 'Recorded less',
  server: 'Server error',
};
