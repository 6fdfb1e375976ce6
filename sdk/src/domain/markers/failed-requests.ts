import type { ObservedRequest } from '../../browser/observed-request';
import { redactUrl } from '../../tools/redact-url';
import type { Sighting } from './marker';

/** From here on HTTP calls an answer an error. */
const FIRST_ERROR_STATUS = 400;

export function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/[?#].*$/, '') || '/';
}

/** `POST /api/cart`: the same for every visitor. */
export function nameOf(request: ObservedRequest): string {
  return `${request.method} ${pathOf(redactUrl(request.url))}`;
}

/** The request as a marker tells it. */
export function requestOf(request: ObservedRequest): NonNullable<Sighting['request']> {
  const { method, url, status, durationMs, facts } = request;
  const { correlationId } = facts;
  return {
    method,
    url: redactUrl(url),
    status,
    durationMs,
    ...(correlationId && { correlationId }),
  };
}

/** A marker for a request that failed or was refused; none for one that the page gave up itself. */
export function failedRequestSighting(request: ObservedRequest): Sighting | undefined {
  const { outcome, status } = request;
  if (outcome === 'aborted' || (outcome === 'answered' && status < FIRST_ERROR_STATUS)) {
    return undefined;
  }
  return {
    kind: 'api_error',
    subkind: outcome === 'failed' ? 'network_failure' : 'http_status',
    label: `${nameOf(request)} ${outcome === 'failed' ? 'failed' : status}`,
    request: requestOf(request),
  };
}
