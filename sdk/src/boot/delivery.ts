import type { Chunk } from '../domain/chunks/chunk';
import type { cutChunk } from '../domain/chunks/cut-chunk';
import { QUEUE_MAX_BYTES } from '../domain/chunks/limits';
import type { Session } from '../domain/session/session';
import { createKeepaliveLedger } from '../transport/keepalive-ledger';
import type { Endpoint } from '../transport/endpoint';
import type { Outbox } from '../transport/outbox';
import { burnOutbox } from '../transport/outbox-database';
import { createSender, sendAsBeacon } from '../transport/sender';
import { createUploader, type Uploader } from '../transport/uploader';
import type { UploaderListener, UploaderParts } from '../transport/uploader-parts';

export interface Delivery {
  uploader: Uploader;
  /** The page's own, called back when the consent is. */
  fetch: typeof fetch;
  /**
   * Nothing leaves any more, neither what waits nor what is just under way.
   *
   * @param sessionId of what is forgotten on disk; absent: all of it, of other sessions, too
   */
  withdraw(sessionId?: string): void;
}

/** What is loaded later; until then there is neither gzip nor a place to keep anything. */
export interface LateParts extends Pick<UploaderParts, 'encode' | 'encodeNow'> {
  cutChunk: typeof cutChunk;
  readonly outbox: Outbox | undefined;
}

/** Puts the parts of the transport together. */
export function createDelivery(
  endpoint: Endpoint,
  originalFetch: typeof fetch,
  session: Session,
  late: () => LateParts,
  listener: UploaderListener,
): Delivery {
  const ledger = createKeepaliveLedger();
  const isOurs = (chunk: Chunk) => chunk.sessionId === session.state.id;
  const nextSeq = (chunk: Chunk) => (isOurs(chunk) ? session.takeSeq() : undefined);
  let underWay = new AbortController();
  const abortable: typeof fetch = (input, init) =>
    originalFetch(input, { ...init, signal: underWay.signal });

  const uploader = createUploader(
    {
      encode: (text) => late().encode(text),
      encodeNow: (text) => late().encodeNow(text),
      send: createSender(endpoint, ledger, abortable),
      sendBeacon: (chunk, text) => sendAsBeacon(endpoint, ledger, chunk, text),
      canKeepAlive: typeof Request === 'function' && 'keepalive' in Request.prototype,
      keepaliveFree: () => ledger.free(),
      keep: (chunks, lost) => late().outbox?.keep(chunks, lost) ?? false,
      unkeep: (chunk) => late().outbox?.drop(chunk),
      forget: (chunk) => late().outbox?.forget(chunk.sessionId),
      kept: async () => (await late().outbox?.leftovers(session.windowId, QUEUE_MAX_BYTES)) ?? [],
      cut: (chunk) => late().cutChunk(chunk, () => nextSeq(chunk), Date.now()),
      isCurrent: isOurs,
      isOffline: () => navigator.onLine === false,
      nextSeq,
      leaveSlot(chunk) {
        if (isOurs(chunk)) session.leaveSlotOf(chunk.seq);
        return isOurs(chunk);
      },
    },
    listener,
  );
  return {
    uploader,
    fetch: abortable,
    withdraw(sessionId) {
      uploader.discard();
      underWay.abort();
      underWay = new AbortController();
      if (sessionId === undefined) burnOutbox();
      else late().outbox?.forget(sessionId);
    },
  };
}
