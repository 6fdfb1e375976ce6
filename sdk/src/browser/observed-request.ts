import { utf8Size } from '../tools/json-bytes';

/** A request as it goes out. */
export interface RequestStart {
  via: 'fetch' | 'xhr';
  method: string;
  url: string;
  /** On the page's own clock (`performance.now()`). */
  startedAt: number;
}

/** What is told of every request, beside address, status and time. */
export interface RequestFacts {
  requestBytes?: number;
  responseBytes?: number;
  /** The server's own number for the request. */
  correlationId?: string;
}

/** The living objects behind a request: only to be looked at, and only at once. */
export interface LiveRequest {
  requestHeaders: HeadersInit | undefined;
  requestBody: unknown;
  response?: Response;
  xhr?: XMLHttpRequest;
}

/** One request that the page made, however it made it. */
export interface ObservedRequest extends RequestStart {
  /** 0 when no answer came. */
  status: number;
  durationMs: number;
  /** `answered` carries a status; `aborted` was given up by the page itself. */
  outcome: 'answered' | 'failed' | 'aborted';
  facts: RequestFacts;
  live?: LiveRequest;
}

/** The address that the browser asks: relative ones say nothing once the page is gone. */
export function absoluteUrl(url: string): string {
  try {
    return new URL(url, document.baseURI).href;
  } catch {
    return url;
  }
}

export interface RequestWatch {
  onStart(request: RequestStart): void;
  onEnd(request: ObservedRequest): void;
}

const CORRELATION_HEADER = 'x-retrospec-correlation';
/** As long as any server's request number; a longer one is none. */
const MAX_CORRELATION_LENGTH = 100;

/** Beyond it a text is not encoded only to be counted. */
const COUNTED_EXACTLY = 100_000;

/** Bytes that a body takes; unknown for streams and for whatever the browser puts together itself. */
function bytesOf(body: unknown): number | undefined {
  if (typeof body === 'string') return body.length > COUNTED_EXACTLY ? body.length : utf8Size(body);
  if (body instanceof URLSearchParams) return String(body).length;
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  return undefined;
}

/** @param header reads one header of the answer */
export function requestFacts(
  requestBody: unknown,
  header: (name: string) => string | null,
): RequestFacts {
  const requestBytes = bytesOf(requestBody);
  const length = header('content-length');
  const correlationId = header(CORRELATION_HEADER);
  return {
    ...(requestBytes !== undefined && { requestBytes }),
    ...(length && /^\d+$/.test(length) && { responseBytes: Number(length) }),
    ...(correlationId &&
      correlationId.length <= MAX_CORRELATION_LENGTH && { correlationId: correlationId }),
  };
}
