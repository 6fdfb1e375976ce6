import type { Chunk } from '../domain/chunks/chunk';
import type { Endpoint } from './endpoint';
import type { Encoded } from './gzip';
import type { KeepaliveLedger } from './keepalive-ledger';
import { retryAfterMs } from './backoff';

/** What became of one attempt to send. */
export type SendOutcome =
  | { kind: 'stored'; rules?: unknown }
  /** The server has other bytes under this number. */
  | { kind: 'conflict' }
  /** It does not want this session any more. */
  | { kind: 'gone' }
  | { kind: 'too_large' }
  /** The key is not accepted. */
  | { kind: 'unauthorized' }
  /** This chunk will never be accepted. */
  | { kind: 'refused'; status: number }
  | { kind: 'later'; afterMs?: number };

export interface SendOptions {
  /** The request should outlive the page if the ledger has room for it. */
  keepalive: boolean;
}

export type Send = (chunk: Chunk, body: Encoded, options: SendOptions) => Promise<SendOutcome>;

async function outcomeOf(response: Response): Promise<SendOutcome> {
  const { status } = response;
  if (response.ok) {
    const receipt = (await response.json().catch(() => undefined)) as
      { rules?: unknown } | undefined;
    return { kind: 'stored', ...(receipt?.rules !== undefined && { rules: receipt.rules }) };
  }
  if (status === 409) return { kind: 'conflict' };
  if (status === 410) return { kind: 'gone' };
  if (status === 413) return { kind: 'too_large' };
  if (status === 401 || status === 403) return { kind: 'unauthorized' };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const afterMs = retryAfterMs(response.headers.get('Retry-After'), Date.now());
    return { kind: 'later', ...(afterMs !== undefined && { afterMs }) };
  }
  return { kind: 'refused', status };
}

/** Sends over the fetch that the page had before we watched it. Never rejects. */
export function createSender(
  endpoint: Endpoint,
  ledger: KeepaliveLedger,
  originalFetch: typeof fetch,
): Send {
  return async (chunk, body, { keepalive }) => {
    const giveBack = keepalive ? ledger.reserve(body.bytes.byteLength) : undefined;
    try {
      const response = await originalFetch(endpoint.chunkUrl(chunk.sessionId, chunk.seq), {
        method: 'POST',
        headers: {
          ...endpoint.headers(),
          'Content-Type': 'application/json',
          ...(body.contentEncoding && { 'Content-Encoding': body.contentEncoding }),
        },
        body: body.bytes,
        credentials: 'omit',
        keepalive: giveBack !== undefined,
      });
      return await outcomeOf(response);
    } catch {
      return { kind: 'later' };
    } finally {
      giveBack?.();
    }
  };
}

/** A beacon is most likely through by then. */
const BEACON_TAKES_MS = 10_000;

/** True when the browser took the beacon over; what became of it nobody learns. */
export function sendAsBeacon(
  endpoint: Endpoint,
  ledger: KeepaliveLedger,
  chunk: Chunk,
  text: string,
): boolean {
  // text/plain needs no preflight, for which there is no time; gzip cannot be announced.
  const blob = new Blob([text], { type: 'text/plain;charset=UTF-8' });
  if (typeof navigator.sendBeacon !== 'function') return false;
  const giveBack = ledger.reserve(blob.size);
  if (!giveBack) return false;
  const taken = navigator.sendBeacon(endpoint.beaconUrl(chunk.sessionId, chunk.seq), blob);
  // Nobody tells when it has arrived; a page that lives on has its room again by then.
  setTimeout(giveBack, taken ? BEACON_TAKES_MS : 0);
  return taken;
}
