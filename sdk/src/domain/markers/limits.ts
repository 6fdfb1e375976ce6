/** Long enough for any honest message, short enough for a list. */
export const MAX_LABEL_LENGTH = 300;
/** Some thirty frames; deeper ones have never decided a grouping. */
export const MAX_STACK_LENGTH = 8_000;
/** The same failure in a loop tells nothing new after this many times … */
export const MAX_SAME_MARKERS = 5;
/** … within this time. */
export const SAME_MARKER_WINDOW_MS = 60_000;
/** A page that fails more often than this is broken as a whole; the rest is counted. */
export const MAX_MARKERS_PER_PAGE = 200;
