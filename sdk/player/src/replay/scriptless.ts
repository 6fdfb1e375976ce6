/**
 * Where no script may run, browsers give every video and sound its own controls, since the page's
 * could not work. A visitor who saw none is shown none.
 */
export const SCRIPTLESS_RULES: readonly string[] = ['video', 'audio'].map(
  (name) => `${name}:not([controls])::-webkit-media-controls { display: none !important }`,
);
