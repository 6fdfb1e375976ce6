import type { SafeStorage } from '../browser/storage';
import type { Chunk } from '../domain/chunks/chunk';
import type { Session } from '../domain/session/session';
import { createKeepaliveLedger } from '../transport/keepalive-ledger';
import { createOutbox } from '../transport/outbox';
import type { Endpoint } from '../transport/endpoint';
import { createSender, sendAsBeacon } from '../transport/sender';
import {
  createUploader,
  type Uploader,
  type UploaderListener,
  type UploaderParts,
} from '../transport/uploader';

export interface Delivery {
  uploader: Uploader;
  /** Sends what the last page of the tab left behind. */
  sendLeftovers(): void;
  clearOutbox(): void;
}

/** Puts the parts of the transport together. */
export function createDelivery(
  endpoint: Endpoint,
  originalFetch: typeof fetch,
  tabStorage: SafeStorage,
  site: string,
  session: Session,
  encoding: () => Pick<UploaderParts, 'encode' | 'encodeNow'>,
  listener: UploaderListener,
): Delivery {
  const ledger = createKeepaliveLedger();
  const isOurs = (chunk: Chunk) => chunk.sessionId === session.state.id;
  const outbox = createOutbox(tabStorage, site);
  const uploader = createUploader(
    {
      encode: (text) => encoding().encode(text),
      encodeNow: (text) => encoding().encodeNow(text),
      send: createSender(endpoint, ledger, originalFetch),
      sendBeacon: (chunk, text) => sendAsBeacon(endpoint, ledger, chunk, text),
      canKeepAlive: typeof Request === 'function' && 'keepalive' in Request.prototype,
      keepaliveFree: () => ledger.free(),
      outbox,
      nextSeq: (chunk) => (isOurs(chunk) ? session.takeSeq() : undefined),
      leaveSlot(chunk) {
        if (isOurs(chunk)) session.leaveSlotOf(chunk.seq);
        return isOurs(chunk);
      },
    },
    listener,
  );
  return {
    uploader,
    sendLeftovers: () => outbox.take().forEach((chunk) => uploader.enqueue(chunk)),
    clearOutbox: () => outbox.clear(),
  };
}
