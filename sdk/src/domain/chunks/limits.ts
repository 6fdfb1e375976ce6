/** A replay lags this much behind the visitor; shorter means more requests for the same bytes. */
export const FLUSH_EVERY_MS = 5_000;
/** Soft limit of event JSON in one chunk: about 35 KB gzipped, well inside the keepalive ledger. */
export const CHUNK_SOFT_BYTES = 200 * 1024;
/**
 * Hard limit of a chunk as it is sent, gzipped. Only an event that is larger than the soft limit all by
 * itself comes near it: the whole picture of a page with 5 to 10 MB of DOM and styles.
 */
export const CHUNK_HARD_BYTES = 1024 * 1024;
/** JSON of one event beyond which not even gzip is tried, because it would hold up the page. */
export const EVENT_HARD_BYTES = 9 * 1024 * 1024;
/**
 * All that waits to be sent, together, beside the one that is under way and the newest: the recorder
 * must stay below 10 MB of the page's memory. What is beyond it waits on disk.
 */
export const QUEUE_MAX_BYTES = 4 * 1024 * 1024;
/** What waits on disk in one browser, for all sites of one origin, in characters of JSON. */
export const OUTBOX_MAX_LENGTH = 10 * 1024 * 1024;
