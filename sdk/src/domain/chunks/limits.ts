/** A replay lags this much behind the visitor; shorter means more requests for the same bytes. */
export const FLUSH_EVERY_MS = 5_000;
/** Soft limit of event JSON in one chunk: about 35 KB gzipped, well inside the keepalive ledger. */
export const CHUNK_SOFT_BYTES = 200 * 1024;
/** Beyond this a single event (a huge page) is refused by any server; it is dropped and counted. */
export const EVENT_HARD_BYTES = 9 * 1024 * 1024;
/** All that waits to be sent, together: the recorder must stay below 10 MB of the page's memory. */
export const QUEUE_MAX_BYTES = 4 * 1024 * 1024;
/** What waits on disk in one browser, for all sites of one origin, in characters of JSON. */
export const OUTBOX_MAX_LENGTH = 10 * 1024 * 1024;
